/* libyaml_loop FILE
 *
 * Takes every event of a YAML file from libyaml and keeps none: the least that any reader on libyaml can cost. Prints
 * "EVENTS events, MICROSECONDS microseconds": of the loop alone, once the bytes are there. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <yaml.h>

static long long microseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

int main(int count, char **arguments) {
    if (count != 2) return 64;
    FILE *file = fopen(arguments[1], "rb");
    if (!file || fseek(file, 0, SEEK_END)) return 66;
    long size = ftell(file);
    unsigned char *bytes = malloc(size > 0 ? size : 1);
    rewind(file);
    if (!bytes || fread(bytes, 1, size, file) != (size_t)size) return 66;
    long long start = microseconds();
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) return 70;
    yaml_parser_set_input_string(&parser, bytes, size);
    long events = 0;
    for (int ended = 0; !ended; events++) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            fprintf(stderr, "line %zu: %s\n", parser.problem_mark.line + 1, parser.problem);
            return 65;
        }
        ended = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    long long took = microseconds() - start;
    free(bytes);
    printf("%ld events, %lld microseconds\n", events, took);
    return 0;
}
