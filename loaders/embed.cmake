# SPDX-License-Identifier: MIT
# Writes OUTPUT: `std::span<const EmbeddedText> NAME()` with the text of each of FILES.
set(entries "")
foreach(file IN LISTS FILES)
    get_filename_component(stem ${file} NAME_WLE)
    file(READ ${file} text)
    string(APPEND entries "        EmbeddedText{\"${stem}\", R\"ingot(${text})ingot\"},\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"loaders/embedded.hpp\"\n#include <vector>\nnamespace ingot::embedded {\n"
    "std::span<const EmbeddedText> ${NAME}() {\n    static const std::vector<EmbeddedText> all{\n${entries}    };\n"
    "    return all;\n}\n}\n")
