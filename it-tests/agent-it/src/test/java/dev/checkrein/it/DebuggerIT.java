package dev.checkrein.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.harness.RunningJvm;
import dev.checkrein.it.programs.SuspendedWorker;
import java.util.Map;

/** Beside a debugger. */
class DebuggerIT {
    @EveryJdk
    void aThreadThatItHasSuspendedCountsAsStoppedAndStopsWhenItIsResumed(Jdk jdk) throws Exception {
        try (RunningJvm jvm = new ChildJvm(jdk)
                .jvm("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0")
                .agent()
                .program(SuspendedWorker.class)
                .start()) {
            String listening = jvm.awaitOutput("Listening for transport dt_socket");
            jvm.awaitOutput("ready");
            VirtualMachine machine = attach(listening.substring(listening.lastIndexOf(' ') + 1));
            ThreadReference worker = machine.allThreads().stream()
                    .filter(thread -> thread.name().equals("to be suspended"))
                    .findAny()
                    .orElseThrow();
            worker.suspend();
            jvm.send("pause");
            jvm.awaitOutput("paused");
            assertThat(worker.isSuspended()).isTrue();
            worker.resume();
            jvm.send("look");
            jvm.awaitOutput("and stopped: true");
            jvm.awaitOutput("closed");
            machine.dispose();
        }
    }

    private static VirtualMachine attach(String address) throws Exception {
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(each -> each.transport().name().equals("dt_socket"))
                .findAny()
                .orElseThrow();
        String[] place = address.split(":");
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments.get("hostname").setValue(place.length == 1 ? "127.0.0.1" : place[0]);
        arguments.get("port").setValue(place[place.length - 1]);
        return connector.attach(arguments);
    }
}
