// A compiled-in array is read by the compiler byte for byte at every build of a Swift module; `#embed` is not.
#include "terraform_root.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char main_tf[] = {
#embed "../../../terraform/proxmox/main.tf"
};
static const unsigned char variables_tf[] = {
#embed "../../../terraform/proxmox/variables.tf"
};
static const unsigned char versions_tf[] = {
#embed "../../../terraform/proxmox/versions.tf"
};
static const unsigned char server_container_tf[] = {
#embed "../../../terraform/proxmox/server/container.tf"
};
static const unsigned char server_variables_tf[] = {
#embed "../../../terraform/proxmox/server/variables.tf"
};
static const unsigned char server_versions_tf[] = {
#embed "../../../terraform/proxmox/server/versions.tf"
};
static const unsigned char server_vm_tf[] = {
#embed "../../../terraform/proxmox/server/vm.tf"
};

#define ROOT_FILE(path, name) {path, name, sizeof name}

static const plumb_root_file files[] = {
    ROOT_FILE("main.tf", main_tf),
    ROOT_FILE("server/container.tf", server_container_tf),
    ROOT_FILE("server/variables.tf", server_variables_tf),
    ROOT_FILE("server/versions.tf", server_versions_tf),
    ROOT_FILE("server/vm.tf", server_vm_tf),
    ROOT_FILE("variables.tf", variables_tf),
    ROOT_FILE("versions.tf", versions_tf),
};

size_t plumb_root_file_count(void) { return sizeof files / sizeof files[0]; }

plumb_root_file plumb_root_file_at(size_t index) { return files[index]; }
