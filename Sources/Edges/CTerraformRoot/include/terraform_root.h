#ifndef PLUMB_TERRAFORM_ROOT_H
#define PLUMB_TERRAFORM_ROOT_H

#include <stddef.h>

/// One file of the shipped Terraform root, `terraform/proxmox`, as it was when the program was built.
typedef struct {
    /// Below the stack's directory: `server/vm.tf`.
    const char *_Nonnull path;
    const unsigned char *_Nonnull bytes;
    size_t count;
} plumb_root_file;

/// How many files there are.
size_t plumb_root_file_count(void);

/// The file of that index, which must be below the count.
plumb_root_file plumb_root_file_at(size_t index);

#endif
