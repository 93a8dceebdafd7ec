package io.jenkins.plugins.containerbuild.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import hudson.FilePath;
import hudson.model.Result;
import io.jenkins.plugins.containerbuild.agent.AgentLostException;
import java.io.File;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.support.steps.AgentErrorCondition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReturningAgentTest {

    @BeforeEach
    void waitShortly() {
        System.setProperty(ReturningAgent.BOUND_PROPERTY, "1");
    }

    @AfterEach
    void waitAsUsual() {
        System.clearProperty(ReturningAgent.BOUND_PROPERTY);
    }

    @Test
    void isTakenOnceItIsThere() throws Exception {
        FilePath workspace = new FilePath(new File("workspace"));

        assertThat(ReturningAgent.workspace(new Context(workspace, 1))).isEqualTo(workspace);
    }

    @Test
    void isGivenUpInAWayThatRetryUnderstands() {
        Context context = new Context(null, Integer.MAX_VALUE);

        assertThatThrownBy(() -> ReturningAgent.workspace(context))
                .isInstanceOf(AgentLostException.class)
                .hasMessageContaining("did not come back within 1 seconds")
                .satisfies(failure -> assertThat(new AgentErrorCondition().test(failure, context))
                        .isTrue());
    }

    /** Has no workspace for the first few times that it is asked. */
    private static final class Context extends StepContext {

        private static final long serialVersionUID = 1L;

        private final transient FilePath workspace;
        private int absences;

        Context(FilePath workspace, int absences) {
            this.workspace = workspace;
            this.absences = absences;
        }

        @Override
        public <T> T get(Class<T> key) throws IOException {
            if (absences-- > 0) {
                throw new IOException("the agent is offline");
            }
            return key.cast(workspace);
        }

        @Override
        public void onSuccess(Object result) {
            throw new AssertionError(result);
        }

        @Override
        public void onFailure(Throwable t) {
            throw new AssertionError(t);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public ListenableFuture<Void> saveState() {
            return Futures.immediateFuture(null);
        }

        @Override
        public void setResult(Result r) {
            throw new AssertionError(r);
        }

        @Override
        public BodyInvoker newBodyInvoker() {
            throw new AssertionError("this step has no body");
        }

        @Override
        public boolean hasBody() {
            return false;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
