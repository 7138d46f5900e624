extension SchemaText {
    /// The resource `proxmox_virtual_environment_container` of bpg/proxmox 0.111.1.
    static let container = #"""
        description string optional
        environment_variables map(string) optional
        hook_script_file_id string optional
        id string optional computed
        ipv4 map(string) computed
        ipv6 map(string) computed
        node_name string required replace
        pool_id string optional replace
        protection bool optional = false
        start_on_boot bool optional = true
        started bool optional = true
        tags list(string) optional
        template bool optional replace = false
        timeout_clone number optional = 1800
        timeout_create number optional = 1800
        timeout_delete number optional = 60
        timeout_start number optional deprecated = 300
        timeout_update number optional = 1800
        unprivileged bool optional replace = false
        vm_id number optional computed replace 100..2147483647
        clone block 1
          datastore_id string optional replace
          full bool optional replace = true
          node_name string optional replace
          vm_id number required replace 100..2147483647
        console block 1
          enabled bool optional = true
          tty_count number optional = 2
          type string optional = "tty"
        cpu block 1
          architecture string optional = "amd64"
          cores number optional 1..128 = 1
          limit number optional = 0
          units number optional computed 1..500000
        device_passthrough block 128
          deny_write bool optional = false
          gid number optional
          mode string optional = "0660"
          path string required
          uid number optional
        disk block 1
          acl bool optional = false
          datastore_id string optional replace = "local"
          mount_options list(string) optional
          path_in_datastore string computed
          quota bool optional = false
          replicate bool optional = false
          size number optional 1.. = 4
        features block 1
          fuse bool optional = false
          keyctl bool optional = false
          mknod bool optional = false
          mount list(string) optional
          nesting bool optional = false
        idmap block any
          container_id number required
          host_id number required
          size number required
          type string required
        initialization block 1
          entrypoint string optional
          hostname string optional
          dns block 1
            domain string optional
            server string optional deprecated
            servers list(string) optional
          ip_config block 10
            ipv4 block 1
              address string optional
              gateway string optional
            ipv6 block 1
              address string optional
              gateway string optional
          user_account block 1 replace
            keys list(string) optional replace
            password string optional sensitive replace
        memory block 1
          dedicated number optional 16..268435456 = 512
          swap number optional 0..268435456 = 0
        mount_point block 256 replace
          acl bool optional = false
          backup bool optional = false
          mount_options list(string) optional
          path string required
          path_in_datastore string computed
          quota bool optional = false
          read_only bool optional = false
          replicate bool optional = true
          shared bool optional = false
          size string optional replace
          volume string required replace
        network_interface block 10
          bridge string optional = "vmbr0"
          enabled bool optional = true
          firewall bool optional = false
          host_managed bool optional = false
          mac_address string optional computed
          mtu number optional = 0
          name string required
          rate_limit number optional = 0
          vlan_id number optional = 0
        operating_system block 1 replace
          template_file_id string required replace
          type string optional = "unmanaged"
        startup block 1
          down_delay number optional = -1
          order number optional = -1
          up_delay number optional = -1
        wait_for_ip block 1
          ipv4 bool optional = false
          ipv6 bool optional = false
        """#
}
