# SPDX-License-Identifier: MIT
# Writes OUTPUT: `std::span<const EmbeddedText> NAME()` with the text of each of FILES, named after the
# file without its ending; of packs, whose folders count, "folder/file.ending".
set(entries "")
foreach(file IN LISTS FILES)
    get_filename_component(stem ${file} NAME_WLE)
    if(NAME STREQUAL "packs")
        get_filename_component(folder ${file} DIRECTORY)
        get_filename_component(folder ${folder} NAME)
        get_filename_component(stem ${file} NAME)
        set(stem "${folder}/${stem}")
    endif()
    file(READ ${file} text)
    string(APPEND entries "        EmbeddedText{\"${stem}\", R\"ingot(${text})ingot\"},\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"loaders/embedded.hpp\"\n#include <vector>\nnamespace ingot::embedded {\n"
    "std::span<const EmbeddedText> ${NAME}() {\n    static const std::vector<EmbeddedText> all{\n${entries}    };\n"
    "    return all;\n}\n}\n")
