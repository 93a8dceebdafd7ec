package io.jenkins.plugins.containerbuild.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.event.EventText;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import io.jenkins.plugins.containerbuild.engine.volume.RemovedVolume;
import io.jenkins.plugins.containerbuild.engine.volume.TransferResult;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeDetails;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeUser;
import java.util.List;
import java.util.stream.Collectors;

/** What the commands for volumes tell. */
final class VolumeReport {

    private VolumeReport() {}

    /** Passwords may be among the values of driver options, so only their names are told. */
    static ObjectNode details(VolumeDetails volume) {
        ObjectNode document = Report.object()
                .put("name", volume.name())
                .put("driver", volume.driver())
                .put("mountpoint", volume.mountpoint())
                .put(
                        "created",
                        volume.created() == null ? null : volume.created().toString())
                .put("sizeBytes", volume.sizeBytes());
        ObjectNode labels = document.putObject("labels");
        volume.labels().forEach(labels::put);
        ArrayNode options = document.putArray("driverOpts");
        volume.driverOpts().keySet().forEach(options::add);
        ArrayNode users = document.putArray("usedBy");
        for (VolumeUser user : volume.usedBy()) {
            users.addObject().put("id", user.id()).put("name", user.name()).put("state", user.state());
        }
        return document;
    }

    static Report removed(List<RemovedVolume> removed) {
        ObjectNode document = Report.object();
        document.set("removed", list(removed));
        return new Report(document, names(removed));
    }

    static ArrayNode list(List<RemovedVolume> removed) {
        ArrayNode all = Report.object().arrayNode();
        removed.forEach(volume -> all.addObject().put("name", volume.name()).put("sizeBytes", volume.sizeBytes()));
        return all;
    }

    static String names(List<RemovedVolume> removed) {
        return removed.stream().map(RemovedVolume::name).map(Printable::escaped).collect(Collectors.joining("\n"));
    }

    static Report transfer(TransferResult result) {
        return new Report(
                Report.object()
                        .put("files", result.files())
                        .put("bytes", result.bytes())
                        .put("skipped", result.skipped())
                        .put("archiveBytes", result.archiveBytes())
                        .put("durationMillis", result.duration().toMillis()),
                result.files() + (result.files() == 1 ? " file, " : " files, ") + EventText.bytes(result.bytes()));
    }
}
