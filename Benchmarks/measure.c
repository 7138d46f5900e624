/* measure RESULT PROGRAM [ARGUMENT]...
 *
 * Runs a program and writes "NANOSECONDS CPU-MICROSECONDS MAXRSS-KIB STATUS" to the file RESULT. MAXRSS is that of the
 * largest process that the program waited for, itself included. A small program of its own, because the kernel counts the
 * memory of whoever forks into what wait4 says of the child. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

int main(int count, char **arguments) {
    if (count < 3) return 64;
    long long start = nanoseconds();
    pid_t child = fork();
    if (child < 0) return 71;
    if (child == 0) {
        execvp(arguments[2], arguments + 2);
        _exit(127);
    }
    int status;
    struct rusage usage;
    if (wait4(child, &status, 0, &usage) != child) return 71;
    long long took = nanoseconds() - start;
    FILE *result = fopen(arguments[1], "w");
    if (!result) return 73;
    long long cpu = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000LL + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
    fprintf(result, "%lld %lld %ld %d\n", took, cpu, usage.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return fclose(result) ? 74 : 0;
}
