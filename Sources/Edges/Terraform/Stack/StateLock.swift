import Glibc

/// Terraform's own lock on a local state: a record lock of the kernel on the state's file, and beside it a file that
/// says who holds it (statemgr/filesystem_lock_unix.go). The kernel's lock ends with its holder; a killed Terraform
/// leaves the other file.
extension StackDirectory {
    package var stateLockPath: String { path + "/.\(Self.stateName).lock.info" }

    /// The process that holds the state's lock now; nil: nobody does, whatever a file says.
    ///
    /// - Throws: where it cannot be found out.
    package func stateLockHolder() throws(TerraformFailure) -> Int32? {
        let descriptor = open(statePath, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw PrivateFile.failure(statePath)
        }
        // This process holds no record lock, which closing any descriptor of the file would let go.
        defer { close(descriptor) }
        var lock = Glibc.flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        guard fcntl(descriptor, F_GETLK, &lock) == 0 else { throw PrivateFile.failure(statePath) }
        return lock.l_type == Int16(F_UNLCK) ? nil : lock.l_pid
    }

    /// Takes away what a killed Terraform said of its lock, once nobody holds that lock. Only under the stack's own
    /// lock, and after every run that was left has ended: no Terraform of Plumb's can be taking it then. One that an
    /// operator started by hand holds the kernel's lock before it writes the file.
    func clearOrphanedStateLock() throws(TerraformFailure) {
        guard PrivateFile.exists(stateLockPath), try stateLockHolder() == nil else { return }
        PrivateFile.remove(stateLockPath)
    }
}
