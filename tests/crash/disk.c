/* A disk that fails on command and remembers every write: preloaded before libc by the crash tests.
 *
 * Only files below the folder DISK_UNDER are meant. disk_arm(n, error, on) lets the n-th call that
 * changes the disk fail with that errno, and with `on` every later one as well; errno 0 kills the process
 * there and then. disk_hits() says how many failed since. Where DISK_LOG names a file, each call is appended to it once it has succeeded:
 * a letter, the length of the path, of a second path or of the data, a place; then these bytes.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long countdown = -1, hits, calls;
static int fault, stays;
static int log_fd = -2;

void disk_arm(long n, int error, int on) {
    pthread_mutex_lock(&lock);
    countdown = n, fault = error, stays = on, hits = 0, calls = 0;
    pthread_mutex_unlock(&lock);
}

long disk_hits(void) { return hits; }
long disk_calls(void) { return calls; }

static const char *under(void) {
    static const char *folder;
    if (!folder) folder = getenv("DISK_UNDER");
    return folder ? folder : "/nowhere";
}

static int meant(const char *path) { return !strncmp(path, under(), strlen(under())); }

static int named(int fd, char *path, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, size - 1);
    if (n <= 0) return 0;
    path[n] = 0;
    return meant(path);
}

/* Whether this call is the one that is to fail. */
static int fails(void) {
    int now = 0;
    pthread_mutex_lock(&lock);
    calls++;
    if (countdown > 0 && --countdown == 0) {
        now = 1;
        if (stays) countdown = 1;
    }
    hits += now;
    pthread_mutex_unlock(&lock);
    if (now && !fault) kill(getpid(), SIGKILL);
    if (now) errno = fault;
    return now;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void tell(char what, const char *path, const void *data, uint32_t size, int64_t at) {
    int kept = errno;
    pthread_mutex_lock(&lock);
    if (log_fd == -2) {
        const char *name = getenv("DISK_LOG");
        log_fd = name ? REAL(open)(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    }
    if (log_fd >= 0) {
        uint32_t length = strlen(path);
        char head[17];
        head[0] = what;
        memcpy(head + 1, &length, 4), memcpy(head + 5, &size, 4), memcpy(head + 9, &at, 8);
        ssize_t (*put)(int, const void *, size_t) = REAL(write);
        if (put(log_fd, head, 17) != 17 || put(log_fd, path, length) != length ||
            (size && put(log_fd, data, size) != size))
            abort();
    }
    pthread_mutex_unlock(&lock);
    errno = kept;
}

/* Something the program says of itself: it stands in the log between the calls. */
void disk_say(const char *text) { tell('!', text, NULL, 0, 0); }

static int opened(int (*real)(int, const char *, int, ...), int folder, const char *path, int flags,
                  mode_t mode) {
    int writes = (flags & O_ACCMODE) != O_RDONLY && meant(path);
    if (writes && fails()) return -1;
    int there = writes && access(path, F_OK) == 0;
    int fd = real(folder, path, flags, mode);
    if (fd >= 0 && writes && (flags & O_CREAT) && !there) tell('c', path, NULL, 0, 0);
    if (fd >= 0 && writes && (flags & O_TRUNC) && there) tell('t', path, NULL, 0, 0);
    return fd;
}

#define MODE                               \
    mode_t mode = 0;                       \
    if (flags & (O_CREAT | O_TMPFILE)) {   \
        va_list more;                      \
        va_start(more, flags);             \
        mode = va_arg(more, mode_t);       \
        va_end(more);                      \
    }

int open(const char *path, int flags, ...) {
    MODE return opened(REAL(openat), AT_FDCWD, path, flags, mode);
}
int open64(const char *path, int flags, ...) {
    MODE return opened(REAL(openat64), AT_FDCWD, path, flags, mode);
}
int openat(int folder, const char *path, int flags, ...) {
    MODE return opened(REAL(openat), folder, path, flags, mode);
}
int openat64(int folder, const char *path, int flags, ...) {
    MODE return opened(REAL(openat64), folder, path, flags, mode);
}

static ssize_t put_at(ssize_t (*real)(int, const void *, size_t, off64_t), int fd, const void *data,
                      size_t size, off64_t at) {
    char path[4096];
    int ours = named(fd, path, sizeof path);
    if (ours && fails()) return -1;
    ssize_t n = real(fd, data, size, at);
    if (ours && n > 0) tell('w', path, data, n, at);
    return n;
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    return put_at(REAL(pwrite64), fd, data, size, at);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    return put_at(REAL(pwrite64), fd, data, size, at);
}
ssize_t write(int fd, const void *data, size_t size) {
    char path[4096];
    int ours = named(fd, path, sizeof path);
    if (ours && fails()) return -1;
    int64_t at = ours ? lseek(fd, 0, SEEK_CUR) : 0;
    ssize_t n = REAL(write)(fd, data, size);
    if (ours && n > 0) tell('w', path, data, n, at);
    return n;
}

static int synced(int (*real)(int), int fd) {
    char path[4096];
    int ours = named(fd, path, sizeof path);
    if (ours && fails()) return -1;
    int code = real(fd);
    if (ours && !code) tell('s', path, NULL, 0, 0);
    return code;
}
int fsync(int fd) { return synced(REAL(fsync), fd); }
int fdatasync(int fd) { return synced(REAL(fdatasync), fd); }

static int cut(int fd, off64_t size) {
    char path[4096];
    int ours = named(fd, path, sizeof path);
    if (ours && fails()) return -1;
    int code = REAL(ftruncate64)(fd, size);
    if (ours && !code) tell('t', path, NULL, 0, size);
    return code;
}
int ftruncate(int fd, off_t size) { return cut(fd, size); }
int ftruncate64(int fd, off64_t size) { return cut(fd, size); }

int unlink(const char *path) {
    if (meant(path) && fails()) return -1;
    int code = REAL(unlink)(path);
    if (!code && meant(path)) tell('u', path, NULL, 0, 0);
    return code;
}
int rename(const char *from, const char *to) {
    if (meant(to) && fails()) return -1;
    int code = REAL(rename)(from, to);
    if (!code && meant(to)) tell('r', from, to, strlen(to), 0);
    return code;
}
int renameat2(int a, const char *from, int b, const char *to, unsigned flags) {
    if (meant(to) && fails()) return -1;
    int code = REAL(renameat2)(a, from, b, to, flags);
    if (!code && meant(to)) tell('r', from, to, strlen(to), 0);
    return code;
}
