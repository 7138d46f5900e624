extension SchemaText {
    /// The resource `proxmox_virtual_environment_vm` of bpg/proxmox 0.111.1.
    static let virtualMachine = #"""
        acpi bool optional = true
        bios string optional = "seabios"
        boot_order list(string) optional computed
        delete_unreferenced_disks_on_destroy bool optional = true
        description string optional
        hook_script_file_id string optional
        hotplug string optional computed
        id string optional computed
        ipv4_addresses list(list(string)) computed
        ipv6_addresses list(list(string)) computed
        keyboard_layout string optional = "en-us"
        kvm_arguments string optional
        mac_addresses list(string) optional computed
        machine string optional
        migrate bool optional = false
        name string optional
        network_device list(object) optional computed
          bridge string optional = "vmbr0"
          disconnected bool optional
          enabled bool optional = true
          firewall bool optional = false
          mac_address string optional computed
          model string optional = "virtio"
          mtu number optional = 0
          queues number optional 0..64 = 0
          rate_limit number optional = 0
          trunks string optional
          vlan_id number optional = 0
        network_interface_names list(string) computed
        node_name string required replace
        on_boot bool optional = true
        pool_id string optional
        protection bool optional = false
        purge_on_destroy bool optional = true
        reboot bool optional = false
        reboot_after_update bool optional = true
        scsi_hardware string optional = "virtio-scsi-pci"
        started bool optional = true
        stop_on_destroy bool optional = false
        tablet_device bool optional = true
        tags list(string) optional
        template bool optional = false
        timeout_clone number optional = 1800
        timeout_create number optional = 1800
        timeout_migrate number optional = 1800
        timeout_move_disk number optional deprecated = 1800
        timeout_reboot number optional = 1800
        timeout_shutdown_vm number optional = 1800
        timeout_start_vm number optional = 1800
        timeout_stop_vm number optional = 300
        vm_id number optional computed replace 100..2147483647
        agent block 1
          enabled bool optional = false
          timeout string optional = "15m"
          trim bool optional = false
          type string optional = "virtio"
          wait_for_ip block 1
            disabled bool optional = false
            ipv4 bool optional = false
            ipv6 bool optional = false
        amd_sev block 1 replace
          allow_smt bool optional = true
          kernel_hashes bool optional = false
          no_debug bool optional = false
          no_key_sharing bool optional = false
          type string optional = "std"
        audio_device block 1
          device string optional = "intel-hda"
          driver string optional = "spice"
          enabled bool optional = true
        cdrom block 1
          enabled bool optional deprecated = false
          file_id string optional
          interface string optional = "ide3"
        clone block 1
          datastore_id string optional replace
          full bool optional replace = true
          node_name string optional replace
          retries number optional replace = 1
          vm_id number required replace 100..2147483647
        cpu block 1
          affinity string optional
          architecture string optional
          cores number optional 1..2304 = 1
          flags list(string) optional
          hotplugged number optional 0..2304 = 0
          limit number optional = 0
          numa bool optional = false
          sockets number optional 1..16 = 1
          type string optional = "qemu64"
          units number optional computed 1..262144
        disk block 31
          aio string optional = "io_uring"
          backup bool optional = true
          cache string optional = "none"
          datastore_id string optional = "local-lvm"
          discard string optional = "ignore"
          file_format string optional computed
          file_id string optional replace
          import_from string optional
          interface string required
          iothread bool optional = false
          path_in_datastore string optional computed
          queues number optional = 0
          replicate bool optional = true
          serial string optional
          size number optional computed 1.. = 8
          ssd bool optional = false
          speed block 1
            iops_read number optional = 0
            iops_read_burstable number optional = 0
            iops_write number optional = 0
            iops_write_burstable number optional = 0
            read number optional = 0
            read_burstable number optional = 0
            write number optional = 0
            write_burstable number optional = 0
        efi_disk block 1
          datastore_id string optional = "local-lvm"
          file_format string optional computed
          pre_enrolled_keys bool optional = false
          type string optional = "2m"
        hostpci block 16
          device string required
          id string optional
          mapping string optional
          mdev string optional
          pcie bool optional
          rom_file string optional
          rombar bool optional
          xvga bool optional
        initialization block 1
          datastore_id string optional = "local-lvm"
          file_format string optional computed
          interface string optional
          meta_data_file_id string optional computed replace
          network_data_file_id string optional computed replace
          type string optional computed replace
          upgrade bool optional computed
          user_data_file_id string optional computed replace
          vendor_data_file_id string optional computed replace
          dns block 1
            domain string optional
            servers list(string) optional
          ip_config block 8
            ipv4 block 1
              address string optional
              gateway string optional
            ipv6 block 1
              address string optional
              gateway string optional
          user_account block 1
            keys list(string) optional
            password string optional sensitive
            username string optional
        memory block 1
          dedicated number optional 64..268435456 = 512
          floating number optional 0..268435456 = 0
          hugepages string optional
          keep_hugepages bool optional = false
          shared number optional 0..268435456 = 0
        numa block any
          cpus string required
          device string required
          hostnodes string optional
          memory number required
          policy string optional = "preferred"
        operating_system block 1
          type string optional = "other"
        rng block any
          max_bytes number optional computed
          period number optional computed
          source string required
        serial_device block 4
          device string optional = "socket"
        smbios block 1
          family string optional
          manufacturer string optional
          product string optional
          serial string optional
          sku string optional
          uuid string optional computed
          version string optional
        startup block 1
          down_delay number optional = -1
          order number optional = -1
          up_delay number optional = -1
        tpm_state block 1
          datastore_id string optional = "local-lvm"
          version string optional = "v2.0"
        usb block any
          host string optional
          mapping string optional
          usb3 bool optional
        vga block 1 computed
          clipboard string optional
          memory number optional = 16
          type string optional = "std"
        virtiofs block 8
          cache string optional = "auto"
          direct_io bool optional = false
          expose_acl bool optional = false
          expose_xattr bool optional = false
          mapping string required
        watchdog block 1
          action string optional = "none"
          enabled bool optional = false
          model string optional = "i6300esb"
        """#
}
