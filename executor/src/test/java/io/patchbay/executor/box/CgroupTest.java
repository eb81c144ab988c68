package io.patchbay.executor.box;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a folder that looks like control groups: this machine may have none that are ours. */
class CgroupTest {
  private static final Cgroup.Limits LIMITS = new Cgroup.Limits(2L << 30, 900);
  private static final List<String> COMMAND = List.of("/bin/echo", "a b", "$c");

  @TempDir Path root;
  private Path self;
  private Path group;

  @BeforeEach
  void make() throws IOException {
    self = Files.createDirectories(root.resolve("self"));
    group = Files.createDirectories(root.resolve("groups/system.slice/patchbay.service"));
    Files.writeString(group.resolve("cgroup.procs"), "");
    Files.writeString(group.resolve("cgroup.controllers"), "cpu io memory pids\n");
    Files.writeString(
        self.resolve("mountinfo"),
        """
        22 1 0:20 / /proc rw - proc proc rw
        30 23 0:26 / %s rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate
        """
            .formatted(root.resolve("groups")));
    Files.writeString(
        self.resolve("cgroup"), "1:name=systemd:/x\n0::/system.slice/patchbay.service\n");
  }

  private void delegate(Path to) throws IOException {
    if (Identity.isRoot()) {
      var attributes = Files.getFileAttributeView(to, UserDefinedFileAttributeView.class);
      try {
        attributes.write("delegate", ByteBuffer.wrap(new byte[] {'1'}));
      } catch (IOException | NullPointerException unsupported) {
        Assumptions.abort("this file system keeps no attributes of users: " + unsupported);
      }
    }
  }

  @Test
  void a_delegated_group_gets_limits_and_launchers_join_it() throws Exception {
    delegate(group);
    Cgroup cgroup = Cgroup.open(self, LIMITS);
    assertThat(cgroup.description()).contains("2048 MiB").contains("900 processes");
    assertThat(group.resolve("cgroup.subtree_control")).hasContent("+memory +pids");
    assertThat(group.resolve("patchbay-server/cgroup.procs"))
        .hasContent(Long.toString(ProcessHandle.current().pid()));
    Path box = group.resolve("patchbay-box");
    assertThat(box.resolve("memory.max")).hasContent(Long.toString(2L << 30));
    assertThat(box.resolve("pids.max")).hasContent("900");

    Process joined = new ProcessBuilder(cgroup.joining(COMMAND)).start();
    assertThat(joined.inputReader().readLine()).isEqualTo("a b $c");
    assertThat(joined.waitFor()).isZero();
    assertThat(box.resolve("cgroup.procs")).hasContent(Long.toString(joined.pid()));
  }

  @Test
  void a_second_executor_of_the_same_program_uses_the_same_group() throws Exception {
    delegate(group);
    Cgroup.open(self, LIMITS);
    Files.writeString(
        self.resolve("cgroup"), "0::/system.slice/patchbay.service/patchbay-server\n");
    Cgroup second = Cgroup.open(self, LIMITS);
    assertThat(second.joining(COMMAND))
        .contains(group.resolve("patchbay-box/cgroup.procs").toString());
    assertThat(group.resolve("patchbay-server/patchbay-server")).doesNotExist();
  }

  @Test
  void root_leaves_groups_alone_that_nobody_delegated() throws Exception {
    Assumptions.assumeTrue(Identity.isRoot(), "an ordinary user can write to its own groups only");
    assertNone("none is delegated");
    assertThat(group.resolve("patchbay-box")).doesNotExist();
  }

  @Test
  void a_group_without_the_controllers_is_not_used() throws Exception {
    delegate(group);
    Files.writeString(group.resolve("cgroup.controllers"), "cpu pids\n");
    assertNone("memory and pids controllers");
    Files.writeString(group.resolve("cgroup.controllers"), "");
    assertNone("memory and pids controllers");
  }

  @Test
  void a_machine_without_groups_of_version_2_has_none() throws Exception {
    Files.writeString(self.resolve("mountinfo"), "22 1 0:20 / /proc rw - proc proc rw\n");
    assertNone("no control groups of version 2");
    Files.delete(self.resolve("mountinfo"));
    assertNone("cannot be used");
  }

  @Test
  void a_group_that_cannot_be_changed_is_not_used() throws Exception {
    delegate(group);
    Files.createDirectory(group.resolve("cgroup.subtree_control"));
    assertNone("cannot be used");
  }

  private void assertNone(String why) {
    Cgroup cgroup = Cgroup.open(self, LIMITS);
    assertThat(cgroup.description()).startsWith("none: ").contains(why);
    assertThat(cgroup.joining(COMMAND)).isEqualTo(COMMAND);
  }
}
