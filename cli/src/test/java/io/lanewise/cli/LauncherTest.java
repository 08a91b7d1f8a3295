package io.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code lanewise}, copied into a project that is only folders, with fake tools. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final String[] TOOLS = {
    "bash", "dirname", "find", "grep", "head", "mkdir", "readlink", "rm", "sh", "tail", "touch"
  };
  private static final String PRINT_ARGUMENTS =
      "#!/bin/sh\nfor a in \"$@\"; do printf '<%s>\\n' \"$a\"; done\n";

  @TempDir private Path folder;
  private Path project;
  private Path tools;
  private Path jar;

  private record Run(int code, String out, String err) {
    void died(String... words) {
      assertEquals(1, code, this::toString);
      assertEquals("", out);
      assertEquals(1, err.lines().count(), err);
      assertTrue(err.startsWith("lanewise: "), err);
      for (String word : words) {
        assertTrue(err.contains(word), () -> word + " in: " + err);
      }
    }
  }

  @BeforeEach
  void makeProject() throws IOException {
    project = Files.createDirectories(folder.resolve("my project"));
    tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : TOOLS) {
      Path usual = Path.of("/usr/bin", tool);
      Path program = Files.exists(usual) ? usual : Path.of("/bin", tool);
      executable(tools.resolve(tool), "#!/bin/sh\nexec " + program + " \"$@\"\n");
    }
    executable(project.resolve("lanewise"), Files.readString(script()));
    Files.createFile(project.resolve("pom.xml"));
    for (String module :
        List.of(
            "kernels",
            "layers",
            "training",
            "interop/onnx",
            "property-tests",
            "benchmarks",
            "cli")) {
      Files.createDirectories(project.resolve(module).resolve("src/main"));
      Files.createFile(project.resolve(module).resolve("pom.xml"));
    }
    Files.createDirectories(project.resolve("benchmarks/shapes"));
    Files.createDirectories(project.resolve("cli/target/lib"));
    jar = Files.createFile(project.resolve("cli/target/lanewise-cli.jar"));
    touch(jar, 60);
  }

  private static Path script() {
    return Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("lanewise");
  }

  private static void executable(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void touch(Path file, int secondsFromNow) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(secondsFromNow)));
  }

  private Path fakeJdk(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    executable(home.resolve("bin/java"), PRINT_ARGUMENTS);
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"Someone\"\nJAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private Run run(Path script, Map<String, String> environment, String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(args));
    Path out = folder.resolve("stdout");
    Path err = folder.resolve("stderr");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", tools.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the script still ran after a minute");
    }
    return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private Run run(String jdkFolders, String... args) throws Exception {
    return run(project.resolve("lanewise"), Map.of("LANEWISE_JDK_FOLDERS", jdkFolders), args);
  }

  private void assertStarted(Run run, String... args) {
    assertEquals(0, run.code(), run::toString);
    List<String> got = run.out().lines().toList();
    int at = got.indexOf("<-jar>");
    assertTrue(at >= 0, run.out());
    assertEquals(List.of("<--add-modules>", "<jdk.incubator.vector>"), got.subList(0, 2));
    assertTrue(got.get(2).matches("<-Dlanewise\\.home=/.*/my project>"), run.out());
    assertTrue(got.get(at + 1).endsWith("/my project/cli/target/lanewise-cli.jar>"), run.out());
    List<String> wanted = new ArrayList<>();
    for (String arg : args) {
      wanted.add("<" + arg + ">");
    }
    assertEquals(wanted, got.subList(at + 2, got.size()));
  }

  @Test
  void noJava() throws Exception {
    run("", "version").died("needs JDK 25 or newer", "install", "JAVA_HOME");
  }

  @Test
  void onlyAnOldJava() throws Exception {
    Path old = fakeJdk("jdk-17", "17.0.15");
    run(folder + "/jdk-*", "version").died("needs JDK 25 or newer", "install");
    Map<String, String> home = Map.of("JAVA_HOME", old.toString(), "LANEWISE_JDK_FOLDERS", "");
    run(project.resolve("lanewise"), home).died("needs JDK 25 or newer");
  }

  @Test
  void aFolderWithoutAProgramIsNoJdk() throws Exception {
    Files.delete(fakeJdk("jdk-25", "25").resolve("bin/java"));
    run(folder + "/jdk-*", "version").died("needs JDK 25 or newer");
  }

  @Test
  void findsTheJdkAndHandsOverTheArguments() throws Exception {
    fakeJdk("jdk-17", "17.0.15");
    fakeJdk("jdk-25", "25.0.1");
    String[] args = {"classify", "", "a b", "*", "$HOME", "--x=\"y\"", "-"};
    Run run = run(folder + "/none/*:" + folder + "/jdk-*", args);
    assertStarted(run, args);
    assertEquals("", run.err());
  }

  @Test
  void noArgumentsAreNoArguments() throws Exception {
    fakeJdk("jdk-25", "25");
    assertStarted(run(folder + "/jdk-*"));
  }

  @Test
  void javaHomeAndThePathComeFirst() throws Exception {
    Path home = fakeJdk("a jdk", "25");
    Map<String, String> byHome = Map.of("JAVA_HOME", home.toString(), "LANEWISE_JDK_FOLDERS", "");
    assertStarted(run(project.resolve("lanewise"), byHome, "demo"), "demo");
    Map<String, String> byPath =
        Map.of("PATH", tools + ":" + home.resolve("bin"), "LANEWISE_JDK_FOLDERS", "");
    assertStarted(run(project.resolve("lanewise"), byPath, "demo"), "demo");
  }

  @Test
  void withoutAReleaseFileTheProgramIsAsked() throws Exception {
    Path home = folder.resolve("jdk-x");
    executable(
        home.resolve("bin/java"),
        PRINT_ARGUMENTS.replaceFirst(
            "\n",
            "\n[ \"\\$1\" = -version ] && { echo 'openjdk version \"25-ea\" x' >&2; exit; }\n"));
    assertStarted(run(folder + "/jdk-*", "demo"), "demo");
  }

  @Test
  void bySymbolicLinkAndWithoutHome() throws Exception {
    fakeJdk("jdk-25", "25");
    Path link = folder.resolve("bin/lanewise");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of("../my project/lanewise"));
    Path linkOfLink = Files.createSymbolicLink(folder.resolve("l"), link);
    Map<String, String> folders = Map.of("LANEWISE_JDK_FOLDERS", folder + "/jdk-*");
    assertStarted(run(linkOfLink, folders, "demo"), "demo");
  }

  @Test
  void aBuildNeedsMaven() throws Exception {
    fakeJdk("jdk-25", "25");
    Files.delete(jar);
    run(folder + "/jdk-*", "demo").died("needs Maven", "install");
  }

  @Test
  void aFailedBuildShowsItsEnd() throws Exception {
    fakeJdk("jdk-25", "25");
    touch(project.resolve("layers/pom.xml"), 120);
    executable(
        tools.resolve("mvn"),
        "#!/bin/sh\ni=0; while [ $i -lt 50 ]; do i=$((i+1)); echo \"row $i\"; done; exit 3\n");
    Run run = run(folder + "/jdk-*", "demo");
    assertEquals(1, run.code());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("lanewise: building ..."), run.err());
    assertTrue(run.err().contains("row 31\n") && run.err().contains("row 50\n"), run.err());
    assertFalse(run.err().contains("row 30\n"), run.err());
    assertTrue(run.err().endsWith("all of its output is in cli/target/build.log\n"), run.err());
    assertTrue(Files.readString(project.resolve("cli/target/build.log")).startsWith("row 1\n"));
  }

  @Test
  void buildsOnceWithTheJdkItFound() throws Exception {
    Path home = fakeJdk("jdk-25", "25");
    touch(Files.createFile(project.resolve("kernels/src/main/New.java")), 120);
    executable(tools.resolve("mvn"), "#!/bin/sh\necho \"$JAVA_HOME\" >>'" + folder + "/builds'\n");
    assertStarted(run(folder + "/jdk-*", "demo"), "demo");
    assertEquals(home + "\n", Files.readString(folder.resolve("builds")));
    touch(jar, 180);
    assertStarted(run(folder + "/jdk-*", "demo"), "demo");
    assertEquals(home + "\n", Files.readString(folder.resolve("builds")), "nothing is older");
  }

  private Path rival(String name) throws IOException {
    Path rival = project.resolve("benchmarks/rivals").resolve(name);
    Path services = rival.resolve("src/main/resources/META-INF/services");
    Files.createDirectories(services);
    Files.createFile(services.resolve("io.lanewise.benchmarks.contender.Contender"));
    Files.createFile(rival.resolve("pom.xml"));
    Path parent = rival.resolveSibling("pom.xml");
    if (!Files.exists(parent)) {
      Files.createFile(parent);
    }
    return rival;
  }

  private Path classPath(Path rival, int secondsFromNow) throws IOException {
    Files.createDirectories(rival.resolve("target"));
    Path file = Files.writeString(rival.resolve("target/classpath.txt"), "x");
    touch(file, secondsFromNow);
    return file;
  }

  /** Three rivals, of which one is built, one is older than its sources, one is not built. */
  @Test
  void rivalsAreBuiltWhenTheyAreAskedFor() throws Exception {
    fakeJdk("jdk-25", "25");
    classPath(rival("fresh"), 60);
    Path old = classPath(rival("old"), -60);
    rival("unbuilt");
    Files.createDirectories(project.resolve("benchmarks/rivals/no-rival"));
    executable(
        tools.resolve("mvn"),
        "#!/bin/sh\nprintf '%s\\n' \"$*\" >>'" + folder + "/builds'\nexit 1\n");

    assertStarted(run(folder + "/jdk-*", "bench", "--op", "conv"), "bench", "--op", "conv");
    assertStarted(run(folder + "/jdk-*", "demo", "--rivals"), "demo", "--rivals");
    assertFalse(Files.exists(folder.resolve("builds")));

    Run run = run(folder + "/jdk-*", "bench", "--rivals");
    assertStarted(run, "bench", "--rivals"); // without those that could not be built
    assertEquals("lanewise: building the rivals ...\n", run.err());
    List<String> builds = Files.readAllLines(folder.resolve("builds"));
    assertEquals(1, builds.size());
    assertTrue(
        builds.get(0).contains("-Privals")
            && builds.get(0).contains("-pl benchmarks/rivals/old,benchmarks/rivals/unbuilt -am"),
        builds.get(0));
    assertFalse(Files.exists(old), "a class path that is not true any more");
  }

  @Test
  void withoutMavenTheRivalsAreLeftOut() throws Exception {
    fakeJdk("jdk-25", "25");
    rival("unbuilt");
    Run run = run(folder + "/jdk-*", "bench", "--rivals");
    assertStarted(run, "bench", "--rivals");
    assertTrue(run.err().contains("left out"), run.err());
  }
}
