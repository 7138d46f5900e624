terraform {
  # Optional object attributes need 1.3; 1.6 is the oldest that Plumb takes. It is tried with 1.11.
  required_version = ">= 1.6"

  # The path of the state is given to `init` with -backend-config=path=…, once for each stack.
  backend "local" {}

  required_providers {
    proxmox = {
      # With its host, so that the address is the same for Terraform and OpenTofu.
      source  = "registry.terraform.io/bpg/proxmox"
      version = ">= 0.111.0, < 1.0.0"
    }
  }
}
