import CTerraformRoot

extension RootModule {
    /// The root that comes with the program, for real and simulated clusters alike.
    package static let shipped: RootModule = {
        var files: [String: [UInt8]] = [:]
        for index in 0..<plumb_root_file_count() {
            let file = plumb_root_file_at(index)
            files[String(cString: file.path)] = Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
        }
        return RootModule(files: files)
    }()
}
