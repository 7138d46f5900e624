extension SchemaText {
    /// The provider block of bpg/proxmox 0.111.1.
    static let provider = #"""
        api_token string optional sensitive
        auth_ticket string optional sensitive
        csrf_prevention_token string optional sensitive
        endpoint string optional
        insecure bool optional
        min_tls string optional
        otp string optional deprecated
        password string optional sensitive
        random_vm_id_end number optional
        random_vm_id_start number optional
        random_vm_ids bool optional
        tmp_dir string optional
        username string optional
        ssh block 1
          agent bool optional
          agent_forwarding bool optional
          agent_socket string optional
          node_address_source string optional
          password string optional sensitive
          private_key string optional sensitive
          socks5_password string optional sensitive
          socks5_server string optional
          socks5_username string optional
          username string optional
          node block any
            address string required
            name string required
            port number optional
        """#
}
