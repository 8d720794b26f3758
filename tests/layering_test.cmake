# SPDX-License-Identifier: MIT
# Reads the #include lines below ROOT and fails on an arrow against the layers, or on a library
# outside the one or two files that know it. Run by ctest and by ./dev lint:
#   cmake -DROOT=<directory> -P layering_test.cmake            checks, then proves that it can fail
#   cmake -DROOT=<directory> -DONLY_CHECK=ON -P …              checks only

# files : what they may include of ours. The first line that matches a file counts.
set(layers
    "pipeline/model/ : pipeline/model/"
    "pipeline/tables/ : pipeline/model/,pipeline/tables/"
    "extractors/ : pipeline/model/,pipeline/tables/,extractors/"
    "loaders/ : pipeline/model/,loaders/"
    "pipeline/ : pipeline/,extractors/,loaders/")

# header : files that may include it.
set(libraries
    "simdjson : extractors/json[._]"
    "yaml-cpp/ : extractors/(yaml|config_yaml)[._]"
    "toml\\+\\+ : extractors/toml[._],loaders/schema/"
    "(SQLiteCpp/|sqlite3\\.h) : loaders/,extractors/state_"
    "(pqxx/|libpq) : loaders/"
    "CLI/ : pipeline/options"
    "nlohmann/ : pipeline/report/,pipeline/commands/,pipeline/settings.cpp"
    "zstd\\.h : extractors/compress[._],loaders/"
    "(tbb|oneapi)/ : pipeline/[a-z_]+[.]"
    "spdlog/ : pipeline/[a-z_]+[.],pipeline/commands/"
    "boost/ : pipeline/[a-z_]+[.],pipeline/commands/,pipeline/report/,loaders/"
    "date/ : pipeline/model/time[._]"
    "xxhash : pipeline/model/hash[._]"
    "gtest/ : tests/")

# Whether `text` begins with one of the comma separated patterns.
function(begins_with_one_of text patterns result)
    string(REPLACE "," ";" patterns "${patterns}")
    foreach(pattern IN LISTS patterns)
        if("${text}" MATCHES "^(${pattern})")
            set(${result} TRUE PARENT_SCOPE)
            return()
        endif()
    endforeach()
    set(${result} FALSE PARENT_SCOPE)
endfunction()

# Appends to `wrong` in the caller: the first rule of `rules` whose left side matches `left` must
# allow `right` on its right side; a rule without a match allows everything.
function(check_rules rules left right what)
    foreach(rule IN LISTS rules)
        string(REGEX MATCH "^(.*) : (.*)$" rule "${rule}")
        set(pattern "${CMAKE_MATCH_1}")
        set(allowed "${CMAKE_MATCH_2}")
        if("${left}" MATCHES "^(${pattern})")
            begins_with_one_of("${right}" "${allowed}" fits)
            if(NOT fits)
                set(wrong ${wrong} "${what}" PARENT_SCOPE)
            endif()
            return()
        endif()
    endforeach()
endfunction()

function(check_file file)
    file(STRINGS ${ROOT}/${file} lines REGEX "^[ \t]*#[ \t]*include")
    foreach(line IN LISTS lines)
        if(line MATCHES "\"(.*)\"")
            check_rules("${layers}" "${file}" "${CMAKE_MATCH_1}" "${file} includes \"${CMAKE_MATCH_1}\"")
        elseif(line MATCHES "<(.*)>")
            check_rules("${libraries}" "${CMAKE_MATCH_1}" "${file}" "${file} includes <${CMAKE_MATCH_1}>")
        endif()
    endforeach()
    set(wrong ${wrong} PARENT_SCOPE)
endfunction()

set(wrong "")
file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/pipeline/*.[ch]pp ${ROOT}/extractors/*.[ch]pp
     ${ROOT}/loaders/*.[ch]pp)
if(NOT files)
    message(FATAL_ERROR "No source files below ${ROOT}.")
endif()
foreach(file IN LISTS files)
    check_file(${file})
endforeach()
if(wrong)
    list(JOIN wrong "\n  " wrong)
    message(FATAL_ERROR "Includes against the layers (docs/architecture.md):\n  ${wrong}")
endif()
list(LENGTH files count)
message(STATUS "${count} files keep to the layers.")
if(ONLY_CHECK)
    return()
endif()

# A check that cannot fail proves nothing: each of these files must be found wrong.
set(bad
    "pipeline/model/a.hpp|\"pipeline/tables/task.hpp\""
    "pipeline/tables/b.hpp|\"extractors/extractor.hpp\""
    "extractors/c.cpp|\"loaders/ddl.hpp\""
    "extractors/d.cpp|\"pipeline/options.hpp\""
    "loaders/e.cpp|\"pipeline/tables/task.hpp\""
    "loaders/f.cpp|\"extractors/json.hpp\""
    "loaders/g.hpp|<simdjson.h>"
    "extractors/h.cpp|<pqxx/pqxx>"
    "pipeline/i.cpp|<sqlite3.h>"
    "pipeline/model/j.cpp|<boost/filesystem.hpp>")
string(RANDOM LENGTH 12 name)
set(place ${CMAKE_CURRENT_BINARY_DIR}/layering-${name})
foreach(case IN LISTS bad)
    string(REPLACE "|" ";" case "${case}")
    list(GET case 0 file)
    list(GET case 1 header)
    file(WRITE ${place}/${file} "#include ${header}\n")
    execute_process(COMMAND ${CMAKE_COMMAND} -DROOT=${place} -DONLY_CHECK=ON -P ${CMAKE_CURRENT_LIST_FILE}
                    RESULT_VARIABLE code OUTPUT_QUIET ERROR_VARIABLE said)
    file(REMOVE_RECURSE ${place})
    string(FIND "${said}" "${file} includes ${header}" at)
    if(code EQUAL 0 OR at EQUAL -1)
        message(FATAL_ERROR "The check let pass: ${file} including ${header}.")
    endif()
endforeach()
message(STATUS "And it finds what is wrong.")
