# The picture codecs: zlib, linked; libjpeg-turbo and libdeflate, linked where they are found; stb_image 2.28 or newer and stb_image_write, compiled into one file of ours.
# zlib is found here, linked in, never seen in the installed headers.
find_package(ZLIB 1.2.9 QUIET)
if(NOT ZLIB_FOUND)
    message(FATAL_ERROR "zlib 1.2.9 or newer is missing: apt-get install zlib1g-dev")
endif()
target_include_directories(smp_rooms SYSTEM PRIVATE ${ZLIB_INCLUDE_DIRS})
list(APPEND smp_private_libs ${ZLIB_LIBRARIES})

# Looks for a library that may be there: the cache variable `OPTION` is AUTO, ON (it must be) or OFF. Where it is found, the
# rooms are compiled with `definition` and linked with it.
macro(smp_maybe OPTION name header library definition package)
    if(${OPTION})
        find_path(${OPTION}_INCLUDE ${header})
        find_library(${OPTION}_LIBRARY ${library})
        mark_as_advanced(${OPTION}_INCLUDE ${OPTION}_LIBRARY)
        if(${OPTION}_INCLUDE AND ${OPTION}_LIBRARY)
            message(STATUS "${name}: ${${OPTION}_LIBRARY}")
            target_include_directories(smp_rooms SYSTEM PRIVATE ${${OPTION}_INCLUDE})
            target_compile_definitions(smp_rooms PRIVATE ${definition}=1)
            list(APPEND smp_private_libs ${${OPTION}_LIBRARY})
        elseif(NOT ${OPTION} STREQUAL "AUTO")
            message(FATAL_ERROR "${name} is missing: apt-get install ${package}, or configure with -D${OPTION}=OFF")
        endif()
    endif()
endmacro()

# stb reads and writes JPEG without it.
set(SMP_TURBOJPEG AUTO CACHE STRING "Use libjpeg-turbo for JPEG: AUTO, ON or OFF")
smp_maybe(SMP_TURBOJPEG libjpeg-turbo turbojpeg.h turbojpeg SMPI_TURBOJPEG libturbojpeg0-dev)

# zlib packs and unpacks PNG without it.
set(SMP_LIBDEFLATE AUTO CACHE STRING "Use libdeflate for PNG: AUTO, ON or OFF")
smp_maybe(SMP_LIBDEFLATE libdeflate libdeflate.h deflate SMPI_LIBDEFLATE libdeflate-dev)

# stb is looked for in STB_INCLUDE_DIR, then on the system; else the pinned version is fetched into SMP_STB_CACHE.

set(STB_INCLUDE_DIR "" CACHE PATH "Folder that holds stb_image.h (2.28 or newer) and stb_image_write.h")
if(PROJECT_IS_TOP_LEVEL)
    set(smp_stb_cache ${PROJECT_SOURCE_DIR}/build/stb) # shared by all presets, fetched once
else()
    set(smp_stb_cache ${CMAKE_BINARY_DIR}/smp-stb)
endif()
set(SMP_STB_CACHE ${smp_stb_cache} CACHE PATH "Where a fetched stb is kept")

set(smp_stb_commit 5c205738c191bcb0abc65c4febfa9bd25ff35234) # stb_image 2.30, stb_image_write 1.16
set(smp_stb_sha256_stb_image.h 594c2fe35d49488b4382dbfaec8f98366defca819d916ac95becf3e75f4200b3)
set(smp_stb_sha256_stb_image_write.h cbd5f0ad7a9cf4468affb36354a1d2338034f2c12473cf1a8e32053cb6914a05)

# Sets `out` to the version of the stb_image.h in `dir` ("2.30"), or to 0 when a header is missing.
function(smp_stb_version dir out)
    set(${out} 0 PARENT_SCOPE)
    if(NOT EXISTS "${dir}/stb_image.h" OR NOT EXISTS "${dir}/stb_image_write.h")
        return()
    endif()
    file(STRINGS "${dir}/stb_image.h" line REGEX "stb_image - v[0-9]+\\.[0-9]+" LIMIT_COUNT 1)
    if(line MATCHES "stb_image - v([0-9]+\\.[0-9]+)")
        set(${out} ${CMAKE_MATCH_1} PARENT_SCOPE)
    endif()
endfunction()

# Sets `out` to TRUE when `dir` holds exactly the pinned headers.
function(smp_stb_pinned dir out)
    set(${out} FALSE PARENT_SCOPE)
    foreach(name stb_image.h stb_image_write.h)
        if(NOT EXISTS "${dir}/${name}")
            return()
        endif()
        file(SHA256 "${dir}/${name}" sum)
        if(NOT sum STREQUAL smp_stb_sha256_${name})
            return()
        endif()
    endforeach()
    set(${out} TRUE PARENT_SCOPE)
endfunction()

# Fetches the pinned headers into SMP_STB_CACHE; sets `out` to whether they are there.
function(smp_stb_fetch out)
    file(MAKE_DIRECTORY ${SMP_STB_CACHE})
    file(LOCK ${SMP_STB_CACHE} DIRECTORY GUARD FUNCTION TIMEOUT 300)
    smp_stb_pinned(${SMP_STB_CACHE} done)
    if(NOT done)
        message(STATUS "stb: fetching the pinned version into ${SMP_STB_CACHE}")
        set(work ${SMP_STB_CACHE}/fetch)
        file(REMOVE_RECURSE ${work})
        file(MAKE_DIRECTORY ${work})
        foreach(name stb_image.h stb_image_write.h)
            file(DOWNLOAD https://github.com/nothings/stb/raw/${smp_stb_commit}/${name} ${work}/${name}
                 TIMEOUT 20 INACTIVITY_TIMEOUT 5 STATUS status)
            if(NOT status MATCHES "^0;")
                break()
            endif()
        endforeach()
        smp_stb_pinned(${work} done)
        find_program(SMP_SH sh)
        mark_as_advanced(SMP_SH)
        if(NOT done AND SMP_SH)
            message(STATUS "stb: upstream is out of reach, trying the system's own package source")
            execute_process(COMMAND ${SMP_SH} ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/fetch_stb.sh ${work}
                            OUTPUT_VARIABLE words ERROR_VARIABLE words RESULT_VARIABLE failed TIMEOUT 240)
            smp_stb_pinned(${work} done)
            if(NOT done)
                message(STATUS "stb: fetch_stb.sh did not succeed (${failed}):\n${words}")
            endif()
        endif()
        if(done)
            file(COPY ${work}/stb_image.h ${work}/stb_image_write.h DESTINATION ${SMP_STB_CACHE})
        endif()
        file(REMOVE_RECURSE ${work})
    endif()
    set(${out} ${done} PARENT_SCOPE)
endfunction()

set(smp_stb_dir "")
if(STB_INCLUDE_DIR)
    smp_stb_version(${STB_INCLUDE_DIR} smp_stb_found)
    if(smp_stb_found VERSION_LESS 2.28)
        message(FATAL_ERROR "STB_INCLUDE_DIR (${STB_INCLUDE_DIR}) must hold stb_image_write.h and stb_image.h 2.28 or "
                            "newer (found ${smp_stb_found}): older ones write out of bounds on damaged JPEGs")
    endif()
    set(smp_stb_dir ${STB_INCLUDE_DIR})
else()
    find_path(SMP_STB_SYSTEM stb_image.h PATH_SUFFIXES stb)
    mark_as_advanced(SMP_STB_SYSTEM)
    if(SMP_STB_SYSTEM)
        smp_stb_version(${SMP_STB_SYSTEM} smp_stb_found)
        if(smp_stb_found VERSION_GREATER_EQUAL 2.28)
            set(smp_stb_dir ${SMP_STB_SYSTEM})
        endif()
    endif()
endif()
if(NOT smp_stb_dir)
    smp_stb_fetch(smp_stb_fetched)
    if(NOT smp_stb_fetched)
        message(FATAL_ERROR
            "stb_image 2.28 or newer is missing and could not be fetched. Any of these helps:\n"
            "  - put stb_image.h and stb_image_write.h of commit ${smp_stb_commit} of github.com/nothings/stb\n"
            "    into a folder and configure with -DSTB_INCLUDE_DIR=<that folder>\n"
            "  - install libstb-dev where it is new enough (Debian 13, Ubuntu 24.04)\n"
            "  - give this machine access to the network or to its package mirror, and configure again\n")
    endif()
    set(smp_stb_dir ${SMP_STB_CACHE})
    set(smp_stb_found 2.30)
endif()
message(STATUS "stb: stb_image ${smp_stb_found} in ${smp_stb_dir}")

# The one file that compiles stb. Its warnings are not ours; what it forgets to initialise is zero.
set(smp_stb_source ${CMAKE_CURRENT_LIST_DIR}/stb.c)
target_include_directories(smp_rooms SYSTEM PRIVATE ${smp_stb_dir})
if(MSVC)
    set_source_files_properties(${smp_stb_source} PROPERTIES COMPILE_OPTIONS "/w")
else()
    include(CheckCCompilerFlag)
    check_c_compiler_flag(-ftrivial-auto-var-init=zero SMP_HAVE_AUTO_VAR_INIT)
    # The JPEG writer shifts signed numbers into their sign; -fwrapv says what that means.
    set(smp_stb_options -w -fwrapv -fno-sanitize=shift)
    # Clang before 16 wants to be told that the flag may go away.
    set(smp_clang_consent -enable-trivial-auto-var-init-zero-knowing-it-will-be-removed-from-clang)
    check_c_compiler_flag("-ftrivial-auto-var-init=zero ${smp_clang_consent}" SMP_HAVE_AUTO_VAR_INIT_OLD)
    if(SMP_HAVE_AUTO_VAR_INIT)
        list(APPEND smp_stb_options -ftrivial-auto-var-init=zero)
    elseif(SMP_HAVE_AUTO_VAR_INIT_OLD)
        list(APPEND smp_stb_options -ftrivial-auto-var-init=zero ${smp_clang_consent})
    endif()
    if(CMAKE_BUILD_TYPE STREQUAL "Debug")
        list(APPEND smp_stb_options -O1) # a decoder without optimisation is most of a test's time
    endif()
    set_source_files_properties(${smp_stb_source} PROPERTIES COMPILE_OPTIONS "${smp_stb_options}")
endif()

