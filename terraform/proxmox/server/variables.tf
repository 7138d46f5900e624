variable "name" {
  description = "The server's name, which is also its host name."
  type        = string
}

variable "server" {
  description = "The server, as the root declares it."
  type        = any
}

variable "password" {
  description = "The first user's password."
  type        = string
  sensitive   = true
  default     = null
}

locals {
  # Addresses belong to networks by position. What follows the last network with an address is left out, because the
  # provider reads back no more than that, and would find a difference for ever.
  addressed = slice(var.server.networks, 0, max(0, [
    for index, network in var.server.networks : index + 1 if network.address != null
  ]...))

  has_dns = var.server.dns != null && (
    length(try(var.server.dns.servers, [])) > 0 || try(var.server.dns.domain, null) != null
  )
  # Whether there is a password is no secret.
  has_password = var.server.password_secret != null
  has_account  = var.server.user != null || length(var.server.ssh_keys) > 0 || local.has_password
}
