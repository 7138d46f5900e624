# Born stopped: power is Plumb's.
resource "proxmox_virtual_environment_container" "container" {
  count = var.server.type == "container" ? 1 : 0

  node_name     = var.server.node
  vm_id         = var.server.vmid
  description   = var.server.description
  tags          = var.server.tags
  pool_id       = var.server.pool
  start_on_boot = var.server.on_boot
  protection    = var.server.protection
  started       = false
  unprivileged  = true

  dynamic "clone" {
    for_each = var.server.template == null ? [] : [var.server.template]

    content {
      vm_id        = clone.value.vmid
      node_name    = clone.value.node
      datastore_id = try(var.server.disks[0].datastore, null)
      full         = true
    }
  }

  dynamic "operating_system" {
    for_each = var.server.template == null ? [var.server.template_file] : []

    content {
      template_file_id = operating_system.value
      # Proxmox sets up network and accounts only in systems that it knows.
      type = try(regex("alpine|archlinux|centos|debian|devuan|fedora|gentoo|nixos|opensuse|ubuntu", operating_system.value), "unmanaged")
    }
  }

  cpu {
    cores = var.server.cores
  }

  memory {
    dedicated = var.server.memory
    swap      = try(var.server.options["memory.swap"], 512)
  }

  dynamic "disk" {
    for_each = var.server.disks

    content {
      datastore_id = disk.value.datastore
      size         = disk.value.size
    }
  }

  dynamic "network_interface" {
    for_each = var.server.networks

    content {
      name        = "eth${network_interface.key}"
      bridge      = network_interface.value.bridge
      vlan_id     = network_interface.value.vlan
      mac_address = network_interface.value.mac
      # Null where nothing is to be kept: the provider's own.
      firewall   = try(network_interface.value.options["firewall"], null)
      mtu        = try(network_interface.value.options["mtu"], null)
      rate_limit = try(network_interface.value.options["rate_limit"], null)
    }
  }

  initialization {
    hostname = var.name

    dynamic "dns" {
      for_each = local.has_dns ? [var.server.dns] : []

      content {
        domain  = dns.value.domain
        servers = dns.value.servers
      }
    }

    dynamic "ip_config" {
      for_each = local.addressed

      content {
        ipv4 {
          # The provider reads back only interfaces that have an address; "manual" keeps the positions.
          address = coalesce(ip_config.value.address, "manual")
          gateway = ip_config.value.gateway
        }
      }
    }

    # A clone keeps the accounts of its template: Proxmox takes keys and password only with a template file.
    dynamic "user_account" {
      for_each = var.server.template == null && (length(var.server.ssh_keys) > 0 || local.has_password) ? [true] : []

      content {
        keys     = var.server.ssh_keys
        password = var.password
      }
    }
  }

  lifecycle {
    ignore_changes = [
      # Plumb's: power, and following a container that moved.
      started, clone, node_name,
      # Set at birth: a change of one of them would replace the container.
      operating_system, pool_id, template, unprivileged, disk[0].datastore_id, initialization[0].user_account,
      mount_point,
      # Not declared: what an adopted container has stays as it is.
      console, device_passthrough, environment_variables, features, hook_script_file_id, idmap, startup, wait_for_ip,
      cpu[0].architecture, cpu[0].limit, cpu[0].units, memory[0].swap, disk[0].acl, disk[0].mount_options,
      disk[0].quota, disk[0].replicate,
    ]
  }
}
