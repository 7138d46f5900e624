terraform {
  required_providers {
    proxmox = {
      source = "registry.terraform.io/bpg/proxmox"
    }
  }
}
