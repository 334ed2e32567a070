# The plan's JSON is read with cJSON: found here, linked in, never seen in the installed headers.
find_path(CJSON_INCLUDE_DIR cjson/cJSON.h)
find_library(CJSON_LIBRARY cjson)
if(NOT CJSON_INCLUDE_DIR OR NOT CJSON_LIBRARY)
    message(FATAL_ERROR "cJSON is missing: apt-get install libcjson-dev")
endif()
target_include_directories(smp_rooms SYSTEM PRIVATE ${CJSON_INCLUDE_DIR})
list(APPEND smp_private_libs ${CJSON_LIBRARY})
