/* Stands between a program and its disk (LD_PRELOAD): counts, records, and spoils its writes.

   Only what touches files below one folder is seen. Built and driven by tests/faults/disk.py. */

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

/* What happens at the chosen call, and how long. Kept alike in disk.py. */
enum { COUNT, KILL, KILL_TORN, FAIL_ONCE, FAIL_ON, FAIL_DONE };

static char folder[PATH_MAX];
static size_t folder_length;
static long counted, chosen;
static int action = -1, failure, log_fd = -1;

static const char *REAL(const char *path, char *whole) {
    if (path[0] == '/') return path;
    if (!getcwd(whole, PATH_MAX / 2)) return path;
    strcat(whole, "/");
    strncat(whole, path, PATH_MAX / 2 - 2);
    return whole;
}

static int within(const char *path) {
    return action >= 0 && folder_length && strncmp(path, folder, folder_length) == 0 &&
           (path[folder_length] == '/' || path[folder_length] == 0);
}

static int named(int fd, char *path) {
    char link[40];
    if (fd == log_fd || action < 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = syscall(SYS_readlink, link, path, PATH_MAX - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return within(path);
}

static void raw(const void *bytes, size_t length) {
    const char *from = bytes;
    while (length) {
        ssize_t wrote = syscall(SYS_write, log_fd, from, length);
        if (wrote <= 0) _exit(70);
        from += wrote;
        length -= (size_t)wrote;
    }
}

static void record(char kind, const char *path, int64_t offset, const void *bytes, int64_t length) {
    if (log_fd < 0) return;
    int32_t path_length = (int32_t)strlen(path);
    raw(&kind, 1);
    raw(&path_length, 4);
    raw(&offset, 8);
    raw(&length, 8);
    raw(path, (size_t)path_length);
    if (bytes && length > 0) raw(bytes, (size_t)length);
}

/* Returns 0 to go on, 1 to fail instead, 2 to go on and then fail, 3 to do half and end. */
static int fate(void) {
    counted++;
    if (action <= COUNT || counted < chosen) return 0;
    if (counted > chosen && action != FAIL_ON) return 0;
    if (action == KILL) raise(SIGKILL);
    if (action == KILL_TORN) return 3;
    return action == FAIL_DONE ? 2 : 1;
}


static ssize_t written(int fd, const char *path, const void *bytes, size_t length, int64_t offset) {
    int what = fate();
    if (what == 1) { errno = failure; return -1; }
    if (what == 3) length = length / 2 & ~(size_t)511;
    int64_t at = offset;
    if (offset < 0) {
        at = syscall(SYS_lseek, fd, 0, SEEK_CUR);
        if (fcntl(fd, F_GETFL) & O_APPEND) at = syscall(SYS_lseek, fd, 0, SEEK_END);
    }
    ssize_t wrote = offset < 0 ? syscall(SYS_write, fd, bytes, length)
                               : syscall(SYS_pwrite64, fd, bytes, length, offset);
    if (what == 3) raise(SIGKILL);
    if (wrote > 0) record('W', path, at, bytes, wrote);
    if (what == 2) { errno = failure; return -1; }
    return wrote;
}

ssize_t write(int fd, const void *bytes, size_t length) {
    char path[PATH_MAX];
    if (!named(fd, path)) return syscall(SYS_write, fd, bytes, length);
    return written(fd, path, bytes, length, -1);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
    char path[PATH_MAX];
    if (!named(fd, path)) return syscall(SYS_pwrite64, fd, bytes, length, offset);
    return written(fd, path, bytes, length, offset);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
    return pwrite64(fd, bytes, length, offset);
}

/* Nothing here is meant to use these; if it does, the record would have holes. */
ssize_t writev(int fd, const struct iovec *parts, int count) {
    char path[PATH_MAX];
    if (named(fd, path)) abort();
    return syscall(SYS_writev, fd, parts, count);
}

#define CHANGE(kind, path, offset, call) do { \
    int what = fate(); \
    if (what == 1) { errno = failure; return -1; } \
    if (what == 3) raise(SIGKILL); \
    int done = (int)(call); \
    if (done == 0) record(kind, path, offset, NULL, 0); \
    if (done == 0 && what == 2) { errno = failure; return -1; } \
    return done; \
} while (0)

int fsync(int fd) {
    char path[PATH_MAX];
    if (!named(fd, path)) return (int)syscall(SYS_fsync, fd);
    CHANGE('S', path, 0, syscall(SYS_fsync, fd));
}

int fdatasync(int fd) {
    char path[PATH_MAX];
    if (!named(fd, path)) return (int)syscall(SYS_fdatasync, fd);
    CHANGE('S', path, 0, syscall(SYS_fdatasync, fd));
}

int ftruncate64(int fd, off64_t length) {
    char path[PATH_MAX];
    if (!named(fd, path)) return (int)syscall(SYS_ftruncate, fd, length);
    CHANGE('T', path, length, syscall(SYS_ftruncate, fd, length));
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int unlink(const char *name) {
    char whole[PATH_MAX];
    const char *path = REAL(name, whole);
    if (!within(path)) return (int)syscall(SYS_unlink, name);
    CHANGE('U', path, 0, syscall(SYS_unlink, name));
}

int mkdir(const char *name, mode_t mode) {
    char whole[PATH_MAX];
    const char *path = REAL(name, whole);
    if (!within(path)) return (int)syscall(SYS_mkdir, name, mode);
    CHANGE('M', path, 0, syscall(SYS_mkdir, name, mode));
}

static int moved(const char *from, const char *to) {
    char one[PATH_MAX], other[PATH_MAX], both[2 * PATH_MAX];
    const char *old = REAL(from, one), *new = REAL(to, other);
    if (!within(old)) return (int)syscall(SYS_rename, from, to);
    snprintf(both, sizeof both, "%s\n%s", old, new);
    CHANGE('R', both, 0, syscall(SYS_rename, from, to));
}

int rename(const char *from, const char *to) { return moved(from, to); }

int renameat(int a, const char *from, int b, const char *to) {
    if (a == AT_FDCWD && b == AT_FDCWD) return moved(from, to);
    return (int)syscall(SYS_renameat2, a, from, b, to, 0);
}

static int opened(const char *name, int flags, mode_t mode) {
    char whole[PATH_MAX];
    const char *path = REAL(name, whole);
    if (!within(path) || !(flags & (O_CREAT | O_TRUNC)))
        return (int)syscall(SYS_openat, AT_FDCWD, name, flags, mode);
    struct stat found;
    int there = fstatat(AT_FDCWD, path, &found, 0) == 0;
    int what = there && !(flags & O_TRUNC && found.st_size) ? 0 : fate();
    if (what == 1) { errno = failure; return -1; }
    if (what == 3) raise(SIGKILL);
    int fd = (int)syscall(SYS_openat, AT_FDCWD, name, flags, mode);
    if (fd >= 0 && !there) record('C', path, 0, NULL, 0);
    if (fd >= 0 && there && flags & O_TRUNC && found.st_size) record('T', path, 0, NULL, 0);
    if (fd >= 0 && what == 2) { close(fd); errno = failure; return -1; }
    return fd;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        mode_t mode = 0; \
        if (flags & O_CREAT) { \
            va_list more; \
            va_start(more, flags); \
            mode = (mode_t)va_arg(more, int); \
            va_end(more); \
        } \
        return opened(path, flags, mode); \
    }

OPEN(open)
OPEN(open64)

/* --- driven from Python ----------------------------------------------------------------------- */

void tofan_arm(const char *below, int what, long call, int error, int log) {
    snprintf(folder, sizeof folder, "%s", below);
    folder_length = strlen(folder);
    counted = 0;
    chosen = call;
    failure = error;
    log_fd = log;
    action = what;
}

long tofan_disarm(void) {
    action = -1;
    log_fd = -1;
    return counted;
}

void tofan_mark(const char *text) {
    if (log_fd >= 0) record('A', text, 0, NULL, 0);
}
