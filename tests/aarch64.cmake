# Toolchain for 64-bit ARM Linux: the Debian cross compiler, tests run by qemu. Libraries for the target come from
# build/aarch64-root, which tests/get_aarch64.sh fills.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_NM aarch64-linux-gnu-nm)

set(SMP_AARCH64_ROOT ${CMAKE_CURRENT_LIST_DIR}/../build/aarch64-root CACHE PATH "Unpacked packages of the target")
get_filename_component(smp_root ${SMP_AARCH64_ROOT} ABSOLUTE)
if(NOT EXISTS ${smp_root}/usr/include)
    message(FATAL_ERROR "${smp_root} is missing: tests/get_aarch64.sh ${smp_root} makes it")
endif()
set(CMAKE_FIND_ROOT_PATH ${smp_root} /usr/aarch64-linux-gnu)
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
# Without this pkg-config finds the libraries of the machine that builds.
set(ENV{PKG_CONFIG_LIBDIR} ${smp_root}/usr/lib/aarch64-linux-gnu/pkgconfig)
set(ENV{PKG_CONFIG_SYSROOT_DIR} ${smp_root})

set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64 -L /usr/aarch64-linux-gnu
    -E LD_LIBRARY_PATH=${smp_root}/usr/lib/aarch64-linux-gnu)
