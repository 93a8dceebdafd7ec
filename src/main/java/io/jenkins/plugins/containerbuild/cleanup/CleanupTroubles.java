package io.jenkins.plugins.containerbuild.cleanup;

import hudson.Extension;
import hudson.ExtensionList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What went wrong with each daemon when it was last cleaned up, so that one which stays away is told of once. */
@Extension
public final class CleanupTroubles {

    private final Map<UsedDaemon, String> last = new ConcurrentHashMap<>();

    static CleanupTroubles get() {
        return ExtensionList.lookupSingleton(CleanupTroubles.class);
    }

    /** Notes a trouble; whether it is another one than before. */
    boolean isNew(UsedDaemon daemon, String why) {
        return !why.equals(last.put(daemon, why));
    }

    /** Notes that all went well; whether there was trouble before. */
    boolean isOver(UsedDaemon daemon) {
        return last.remove(daemon) != null;
    }
}
