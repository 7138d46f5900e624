/// What the real bpg/proxmox 0.111.1 planned, as `terraform show -json` printed it (Terraform 1.11.4).
enum ProviderSample {
    /// A VM cloned from a template, with cloud-init.
    static let machine = #"""
        {"after":{"acpi":true,"agent":[{"enabled":true,"timeout":"15m","trim":false,"type":"virtio",
        "wait_for_ip":[]}],"amd_sev":[],"audio_device":[],"bios":"seabios","cdrom":[],"clone":[{"datastore_id":
        null,"full":true,"node_name":"pve1","retries":1,"vm_id":9000}],"cpu":[{"affinity":null,"architecture":
        null,"cores":2,"flags":null,"hotplugged":0,"limit":0,"numa":false,"sockets":1,"type":"x86-64-v2-AES"}],
        "delete_unreferenced_disks_on_destroy":true,"description":"managed","disk":[{"aio":"io_uring","backup":
        true,"cache":"none","datastore_id":"local-lvm","discard":"ignore","file_id":null,"import_from":null,
        "interface":"scsi0","iothread":false,"queues":0,"replicate":true,"serial":null,"size":20,"speed":[],
        "ssd":false}],"efi_disk":[],"hook_script_file_id":null,"hostpci":[],"initialization":[{"datastore_id":
        "local-lvm","dns":[{"domain":"example.com","servers":["1.1.1.1"]}],"interface":null,"ip_config":[{"ipv4"
        :[{"address":"10.0.0.5/24","gateway":"10.0.0.1"}],"ipv6":[]}],"user_account":[{"keys":[
        "ssh-ed25519 AAAA test"],"password":null,"username":"debian"}]}],"keyboard_layout":"en-us",
        "kvm_arguments":null,"machine":null,"memory":[{"dedicated":2048,"floating":0,"hugepages":null,
        "keep_hugepages":false,"shared":0}],"migrate":false,"name":"web-1","network_device":[{"bridge":"vmbr0",
        "disconnected":null,"enabled":true,"firewall":false,"model":"virtio","mtu":0,"queues":0,"rate_limit":0,
        "trunks":null,"vlan_id":42}],"node_name":"pve1","numa":[],"on_boot":true,"operating_system":[],"pool_id"
        :null,"protection":false,"purge_on_destroy":true,"reboot":false,"reboot_after_update":true,"rng":[],
        "scsi_hardware":"virtio-scsi-pci","serial_device":[],"smbios":[],"started":true,"startup":[],
        "stop_on_destroy":true,"tablet_device":true,"tags":["terraform","web"],"template":false,"timeout_clone":
        1800,"timeout_create":1800,"timeout_migrate":1800,"timeout_move_disk":1800,"timeout_reboot":1800,
        "timeout_shutdown_vm":1800,"timeout_start_vm":1800,"timeout_stop_vm":300,"tpm_state":[],"usb":[],
        "virtiofs":[],"vm_id":101,"watchdog":[]},"after_unknown":{"agent":[{"wait_for_ip":[]}],"amd_sev":[],
        "audio_device":[],"boot_order":true,"cdrom":[],"clone":[{}],"cpu":[{"units":true}],"disk":[{
        "file_format":true,"path_in_datastore":true,"speed":[]}],"efi_disk":[],"hostpci":[],"hotplug":true,"id":
        true,"initialization":[{"dns":[{"servers":[false]}],"file_format":true,"ip_config":[{"ipv4":[{}],"ipv6":
        []}],"meta_data_file_id":true,"network_data_file_id":true,"type":true,"upgrade":true,"user_account":[{
        "keys":[false]}],"user_data_file_id":true,"vendor_data_file_id":true}],"ipv4_addresses":true,
        "ipv6_addresses":true,"mac_addresses":true,"memory":[{}],"network_device":[{"mac_address":true}],
        "network_interface_names":true,"numa":[],"operating_system":[],"rng":[],"serial_device":[],"smbios":[],
        "startup":[],"tags":[false,false],"tpm_state":[],"usb":[],"vga":true,"virtiofs":[],"watchdog":[]},
        "after_sensitive":{"agent":[{"wait_for_ip":[]}],"amd_sev":[],"audio_device":[],"boot_order":[],"cdrom":[
        ],"clone":[{}],"cpu":[{}],"disk":[{"speed":[]}],"efi_disk":[],"hostpci":[],"initialization":[{"dns":[{
        "servers":[false]}],"ip_config":[{"ipv4":[{}],"ipv6":[]}],"user_account":[{"keys":[false],"password":
        true}]}],"ipv4_addresses":[],"ipv6_addresses":[],"mac_addresses":[],"memory":[{}],"network_device":[{}],
        "network_interface_names":[],"numa":[],"operating_system":[],"rng":[],"serial_device":[],"smbios":[],
        "startup":[],"tags":[false,false],"tpm_state":[],"usb":[],"vga":[],"virtiofs":[],"watchdog":[]},
        "before_sensitive":false}
        """#

    /// A container from a template file.
    static let container = #"""
        {"after":{"clone":[],"console":[],"cpu":[{"architecture":"amd64","cores":1,"limit":0}],"description":
        "managed\n","device_passthrough":[],"disk":[{"acl":false,"datastore_id":"local-lvm","mount_options":null
        ,"quota":false,"replicate":false,"size":8}],"environment_variables":null,"features":[],
        "hook_script_file_id":null,"idmap":[],"initialization":[{"dns":[],"entrypoint":null,"hostname":"ct-1",
        "ip_config":[{"ipv4":[{"address":"dhcp","gateway":null}],"ipv6":[]}],"user_account":[]}],"memory":[{
        "dedicated":512,"swap":256}],"mount_point":[],"network_interface":[{"bridge":"vmbr0","enabled":true,
        "firewall":false,"host_managed":false,"mtu":0,"name":"eth0","rate_limit":0,"vlan_id":42}],"node_name":
        "pve1","operating_system":[{"template_file_id":"local:vztmpl/debian-12-standard_12.2-1_amd64.tar.zst",
        "type":"debian"}],"pool_id":null,"protection":false,"start_on_boot":true,"started":true,"startup":[],
        "tags":["terraform"],"template":false,"timeout_clone":1800,"timeout_create":1800,"timeout_delete":60,
        "timeout_start":300,"timeout_update":1800,"unprivileged":true,"vm_id":201,"wait_for_ip":[]},
        "after_unknown":{"clone":[],"console":[],"cpu":[{"units":true}],"device_passthrough":[],"disk":[{
        "path_in_datastore":true}],"features":[],"id":true,"idmap":[],"initialization":[{"dns":[],"ip_config":[{
        "ipv4":[{}],"ipv6":[]}],"user_account":[]}],"ipv4":true,"ipv6":true,"memory":[{}],"mount_point":[],
        "network_interface":[{"mac_address":true}],"operating_system":[{}],"startup":[],"tags":[false],
        "wait_for_ip":[]},"after_sensitive":{"clone":[],"console":[],"cpu":[{}],"device_passthrough":[],"disk":[
        {}],"features":[],"idmap":[],"initialization":[{"dns":[],"ip_config":[{"ipv4":[{}],"ipv6":[]}],
        "user_account":[]}],"ipv4":{},"ipv6":{},"memory":[{}],"mount_point":[],"network_interface":[{}],
        "operating_system":[{}],"startup":[],"tags":[false],"wait_for_ip":[]},"before_sensitive":false}
        """#
}
