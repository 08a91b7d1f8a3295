package io.lanewise.benchmarks.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTest {
  private static final String SERVICE =
      "src/main/resources/META-INF/services/io.lanewise.benchmarks.contender.Contender";

  @TempDir private Path root;

  private Path write(String file, String content) throws IOException {
    Path path = root.resolve("benchmarks/rivals").resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, content);
  }

  @Test
  void rivalsAreFoundBuiltOrNot() throws IOException {
    write("b-built/" + SERVICE, "x.Y\n");
    write("b-built/target/classpath.txt", "/a/b.jar" + File.pathSeparator + "target/classes\n");
    write("b-built/target/jvm-options.txt", "--one\n\n-Dtwo=2\n");
    write("a-built/" + SERVICE, "x.Z\n");
    write("a-built/target/classpath.txt", "/c.jar");
    write("unbuilt/" + SERVICE, "x.W\n");
    write("no-rival/pom.xml", "");
    write("pom.xml", "");

    Project.Rivals rivals = new Project(root).rivals();

    assertEquals(List.of("unbuilt"), rivals.missing());
    assertEquals(List.of("a-built", "b-built"), rivals.homes().stream().map(Home::name).toList());
    Path classes = root.resolve("benchmarks/rivals/b-built/target/classes");
    assertEquals(
        new Home(
            "b-built",
            "/a/b.jar" + File.pathSeparator + classes.toAbsolutePath(),
            List.of("--one", "-Dtwo=2")),
        rivals.homes().get(1));
    assertEquals(List.of(), rivals.homes().get(0).flags());
  }

  @Test
  void withoutRivalsThereAreNone() throws IOException {
    assertEquals(new Project.Rivals(List.of(), List.of()), new Project(root).rivals());
  }

  @Test
  void aFolderWithoutGitHasNoCommit() throws IOException {
    assertEquals(Optional.empty(), new Project(root).commit());
    Files.createDirectory(root.resolve(".git"));
    assertEquals(Optional.empty(), new Project(root).commit(), "not a repository");
  }

  @Test
  void changesAreToldBesideTheCommit() throws Exception {
    git("init", "-q");
    Path file = Files.writeString(root.resolve("f"), "1");
    git("add", "f");
    git("-c", "user.name=n", "-c", "user.email=e", "commit", "-q", "-m", "m");
    String commit = new Project(root).commit().orElseThrow();
    assertTrue(commit.matches("[0-9a-f]{12}"), commit);
    Files.writeString(file, "2");
    assertEquals(commit + "+changes", new Project(root).commit().orElseThrow());
  }

  private void git(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 3];
    command[0] = "git";
    command[1] = "-C";
    command[2] = root.toString();
    System.arraycopy(arguments, 0, command, 3, arguments.length);
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
  }
}
