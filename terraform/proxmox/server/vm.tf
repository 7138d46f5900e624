# Born stopped, and never restarted or cut off by the provider: power is Plumb's.
resource "proxmox_virtual_environment_vm" "vm" {
  count = var.server.type == "vm" ? 1 : 0

  name        = var.name
  node_name   = var.server.node
  vm_id       = var.server.vmid
  description = var.server.description
  tags        = var.server.tags
  pool_id     = var.server.pool
  on_boot     = var.server.on_boot
  protection  = var.server.protection
  started     = false

  reboot_after_update = false
  # Plumb shuts a VM down before it is destroyed. Should it run again by then, it is asked, not cut off, where it has
  # an agent.
  stop_on_destroy     = false
  timeout_shutdown_vm = 300
  purge_on_destroy    = true
  # The default deletes disks of this VMID on any storage, also those of another cluster on shared storage.
  delete_unreferenced_disks_on_destroy = false

  dynamic "clone" {
    for_each = var.server.template == null ? [] : [var.server.template]

    content {
      vm_id        = clone.value.vmid
      node_name    = clone.value.node
      datastore_id = try(var.server.disks[0].datastore, null)
      full         = true
      # More would take over a foreign guest that has the VMID.
      retries = 1
    }
  }

  agent {
    enabled = var.server.agent
    # A plan waits this long for each VM whose agent is silent; the wait itself is off, Plumb reads addresses itself.
    timeout = "5s"

    wait_for_ip {
      disabled = true
    }
  }

  cpu {
    cores   = var.server.cores
    sockets = var.server.sockets
    # An import has no block where all is as usual, so that nothing below keeps these.
    type = try(var.server.options["cpu.type"], "x86-64-v2-AES")
    numa = try(var.server.options["cpu.numa"], null)
  }

  # To be silent on a balloon is not to have none, and a block cannot be silent: at the usual size there is none.
  dynamic "memory" {
    for_each = try(var.server.options["memory.floating"], "") == "unset" && var.server.memory == 512 ? [] : [true]

    content {
      dedicated = var.server.memory
    }
  }

  dynamic "disk" {
    for_each = var.server.disks

    content {
      interface    = disk.value.interface
      datastore_id = disk.value.datastore
      size         = disk.value.size
      file_format  = disk.value.format
      ssd          = disk.value.ssd
      # Null where nothing is to be kept: the provider's own.
      aio       = try(disk.value.options["aio"], null)
      backup    = try(disk.value.options["backup"], null)
      cache     = try(disk.value.options["cache"], null)
      discard   = try(disk.value.options["discard"], null)
      iothread  = try(disk.value.options["iothread"], null)
      queues    = try(disk.value.options["queues"], null)
      replicate = try(disk.value.options["replicate"], null)
      serial    = try(disk.value.options["serial"], null)

      dynamic "speed" {
        for_each = length([for name in keys(try(disk.value.options, {})) : name if startswith(name, "speed.")]) > 0 ? [disk.value.options] : []

        content {
          iops_read            = try(speed.value["speed.iops_read"], null)
          iops_read_burstable  = try(speed.value["speed.iops_read_burstable"], null)
          iops_write           = try(speed.value["speed.iops_write"], null)
          iops_write_burstable = try(speed.value["speed.iops_write_burstable"], null)
          read                 = try(speed.value["speed.read"], null)
          read_burstable       = try(speed.value["speed.read_burstable"], null)
          write                = try(speed.value["speed.write"], null)
          write_burstable      = try(speed.value["speed.write_burstable"], null)
        }
      }
    }
  }

  # An attribute, not blocks: null leaves what the template brought, an empty list would take it away.
  network_device = length(var.server.networks) == 0 ? null : [
    for network in var.server.networks : {
      bridge       = network.bridge
      vlan_id      = network.vlan
      mac_address  = network.mac
      model        = try(network.options["model"], "virtio")
      disconnected = try(network.options["disconnected"], null)
      enabled      = null
      firewall     = try(network.options["firewall"], null)
      mtu          = try(network.options["mtu"], null)
      queues       = try(network.options["queues"], null)
      rate_limit   = try(network.options["rate_limit"], null)
      trunks       = try(network.options["trunks"], null)
    }
  ]

  dynamic "operating_system" {
    for_each = var.server.template == null ? ["l26"] : []

    content {
      type = operating_system.value
    }
  }

  dynamic "initialization" {
    for_each = length(local.addressed) > 0 || local.has_dns || local.has_account ? [true] : []

    content {
      datastore_id = try(var.server.disks[0].datastore, null)

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
          dynamic "ipv4" {
            for_each = ip_config.value.address == null ? [] : [ip_config.value]

            content {
              address = ipv4.value.address
              gateway = ipv4.value.gateway
            }
          }
        }
      }

      dynamic "user_account" {
        for_each = local.has_account ? [true] : []

        content {
          username = var.server.user
          keys     = var.server.ssh_keys
          password = var.password
        }
      }
    }
  }

  lifecycle {
    ignore_changes = [
      # Plumb's: power, and following a VM that moved. A new template, an import or a migration would otherwise
      # replace the VM.
      started, clone, node_name,
      # Not declared: what an adopted VM has stays as it is.
      acpi, amd_sev, audio_device, bios, boot_order, cdrom, efi_disk, hook_script_file_id, hostpci, hotplug,
      keyboard_layout, kvm_arguments, machine, numa, operating_system, rng, scsi_hardware, serial_device, smbios,
      startup, tablet_device, template, tpm_state, usb, vga, virtiofs, watchdog,
      cpu[0].affinity, cpu[0].architecture, cpu[0].flags, cpu[0].hotplugged, cpu[0].limit, cpu[0].numa, cpu[0].type,
      cpu[0].units, memory[0].floating, memory[0].hugepages, memory[0].keep_hugepages, memory[0].shared,
      initialization[0].datastore_id, initialization[0].interface,
      # Set at birth: keys and passwords of a guest that lives are not changed by writing cloud-init anew.
      initialization[0].user_account,
    ]
  }
}
