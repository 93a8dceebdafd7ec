package io.jenkins.plugins.containerbuild.cleanup;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Ends what was to live as long as a job once that is deleted. */
@Extension
public final class JobEnd extends ItemListener {

    private static final Logger LOGGER = Logger.getLogger(JobEnd.class.getName());

    /** In the background: who deletes a job is not to wait for it. */
    @Override
    public void onDeleted(Item item) {
        try {
            JobDaemons.get().remove(item.getFullName()).forEach(Reaping::endOf);
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING, e, () -> "Could not save that " + item.getFullName() + " has no volumes any more");
        }
    }

    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        try {
            JobDaemons.get().rename(oldFullName, newFullName);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not save where the volumes of " + newFullName + " are");
        }
    }
}
