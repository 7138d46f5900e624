# The Terraform root of a stack: every server of the stack is one instance of one module, and each instance holds
# exactly one resource. Plumb writes terraform.tfvars.json; what is secret comes from the environment.

# What is not given here the provider takes from its own environment: PROXMOX_VE_ENDPOINT, PROXMOX_VE_API_TOKEN,
# PROXMOX_VE_INSECURE. A simulated cluster's provider is a process of its own and sees only what is given here.
provider "proxmox" {
  endpoint  = var.endpoint
  api_token = var.api_token
  insecure  = var.insecure
}

module "server" {
  source   = "./server"
  for_each = var.servers

  name     = each.key
  server   = each.value
  password = each.value.password_secret == null ? null : var.secrets[each.value.password_secret]
}
