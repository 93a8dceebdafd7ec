package io.jenkins.plugins.containerbuild.engine.volume.spec;

import java.util.LinkedHashMap;
import java.util.Map;

/** Collects options one by one. */
final class MountOptionsBuilder {

    private final Map<String, String> driverOpts = new LinkedHashMap<>();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private String selinux;
    private String propagation;
    private String recursive;
    private Boolean createHostPath;
    private boolean nocopy;
    private String subpath;
    private String consistency;
    private String driver;
    private Long tmpfsSize;
    private Integer tmpfsMode;

    void selinux(String value) {
        selinux = value;
    }

    void propagation(String value) {
        propagation = value;
    }

    void recursive(String value) {
        recursive = value;
    }

    void createHostPath(boolean value) {
        createHostPath = value;
    }

    void nocopy(boolean value) {
        nocopy = value;
    }

    void subpath(String value) {
        subpath = value;
    }

    void consistency(String value) {
        consistency = value;
    }

    void driver(String value) {
        driver = value;
    }

    void driverOpt(String name, String value) {
        driverOpts.put(name, value);
    }

    void label(String name, String value) {
        labels.put(name, value);
    }

    void tmpfsSize(long value) {
        tmpfsSize = value;
    }

    void tmpfsMode(int value) {
        tmpfsMode = value;
    }

    MountOptions build() {
        return new MountOptions(
                selinux,
                propagation,
                recursive,
                createHostPath,
                nocopy,
                subpath,
                consistency,
                driver,
                driverOpts,
                labels,
                tmpfsSize,
                tmpfsMode);
    }
}
