variable "servers" {
  description = "The servers of the stack by name. Plumb writes them to terraform.tfvars.json."
  default     = {}
  nullable    = false

  type = map(object({
    type = string # vm or container
    node = string
    vmid = number
    # What it is cloned from; null for a VM from nothing, and for a container from a template file.
    template = optional(object({
      vmid = number
      node = optional(string)
    }))
    template_file = optional(string) # local:vztmpl/debian-12-standard_12.7-1_amd64.tar.zst
    cores         = optional(number, 1)
    sockets       = optional(number, 1)
    memory        = optional(number, 512) # MiB
    disks = optional(list(object({
      interface = string # scsi0, virtio0, …; a container has one, rootfs
      datastore = string
      size      = number # GiB
      format    = optional(string)
      ssd       = optional(bool, false)
      # What the disk has beside that and is to keep: aio, backup, cache, discard, iothread, queues, replicate, serial.
      options = optional(map(string), {})
    })), [])
    networks = optional(list(object({
      bridge  = optional(string, "vmbr0")
      vlan    = optional(number)
      mac     = optional(string)
      address = optional(string) # CIDR or dhcp
      gateway = optional(string)
      # What the device has beside that and is to keep: disconnected, firewall, model, mtu, queues, rate_limit, trunks.
      options = optional(map(string), {})
    })), [])
    dns = optional(object({
      servers = optional(list(string), [])
      domain  = optional(string)
    }))
    user            = optional(string)
    password_secret = optional(string) # a key of var.secrets
    ssh_keys        = optional(list(string), [])
    agent           = optional(bool, false)
    on_boot         = optional(bool, true)
    tags            = optional(list(string), [])
    pool            = optional(string)
    description     = optional(string)
    protection      = optional(bool, false)
    # What a guest that somebody else made has beside that and is to keep: cpu.numa, cpu.type, memory.floating, memory.swap.
    options = optional(map(string), {})
  }))

  validation {
    condition     = alltrue([for server in values(var.servers) : contains(["vm", "container"], server.type)])
    error_message = "The type of a server is vm or container."
  }

  validation {
    condition = alltrue([
      for server in values(var.servers) :
      length(server.disks) <= 1 && alltrue([for disk in server.disks : disk.interface == "rootfs"])
      if server.type == "container"
    ])
    error_message = "A container has one disk, with the interface rootfs."
  }
}

variable "secrets" {
  description = "Passwords by name, given as TF_VAR_secrets (JSON) and never as a file."
  type        = map(string)
  sensitive   = true
  default     = {}
  nullable    = false
}

variable "endpoint" {
  description = "Base URL of the Proxmox API; null: PROXMOX_VE_ENDPOINT of the provider's environment."
  type        = string
  default     = null
}

variable "api_token" {
  description = "USER@REALM!TOKEN=SECRET, given as TF_VAR_api_token; null: PROXMOX_VE_API_TOKEN of the provider's environment."
  type        = string
  sensitive   = true
  default     = null
}

variable "insecure" {
  description = "Whether to accept any certificate; null: PROXMOX_VE_INSECURE of the provider's environment."
  type        = bool
  default     = null
}
