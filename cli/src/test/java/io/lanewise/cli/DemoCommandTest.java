package io.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.training.checkpoint.ModelFile;
import io.lanewise.training.data.FashionMnist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class DemoCommandTest {
  @TempDir private Path folder;

  private static CommandRun demo(Path out) {
    return CommandRun.of("demo", "--epochs=1", "--out", out);
  }

  @Test
  void trainsShowsSavesAndReports() throws IOException {
    Path out = folder.resolve("new/folder");
    String text = demo(out).succeeded().out();
    Matcher epoch = Pattern.compile("(?m)^  1/1 +\\d\\.\\d{3} +\\d+\\.\\d % .*$").matcher(text);
    assertTrue(epoch.find(), text);
    assertFalse(epoch.find(), "one line for one epoch");
    assertTrue(text.contains("actual \\ predicted"), text);
    Matcher accuracy = Pattern.compile("test accuracy  (\\d+\\.\\d\\d) %").matcher(text);
    assertTrue(accuracy.find(), text);
    assertTrue(Double.parseDouble(accuracy.group(1)) > 60, text);
    assertFalse(text.contains("\r") || text.contains("\u001b"), "no control codes in a file");
    assertTrue(text.endsWith("report         " + out.resolve("report.html") + "\n"), text);

    ModelFile model = ModelFile.load(out.resolve("lenet5.safetensors"));
    assertEquals(FashionMnist.CLASS_NAMES, model.labels());
    String report = Files.readString(out.resolve("report.html"));
    for (String name : FashionMnist.CLASS_NAMES) {
      assertTrue(report.contains(name), name);
    }
    assertTrue(report.contains(accuracy.group(1).replaceAll("0$", "")), "the same accuracy");
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(
          List.of("lenet5.safetensors", "report.html"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void sameSeedSameBytesWhateverTheThreads() throws IOException {
    IdxFixture.write(folder.resolve("data"), 28, 28);
    byte[] first = weights("a", "--threads=2");
    assertArrayEquals(first, weights("b", "--threads=2"), "again");
    assertArrayEquals(first, weights("c", "--threads=1"), "one thread");
    assertArrayEquals(first, weights("d", "--threads=5"), "five threads");
    assertFalse(Arrays.equals(first, weights("e", "--threads=2", "--seed=2")), "another seed");
  }

  private byte[] weights(String name, Object... more) throws IOException {
    Path out = folder.resolve(name);
    Object[] args = {
      "demo", "--data", folder.resolve("data"), "--epochs=5", "--batch-size=12", "--out", out
    };
    Object[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    CommandRun.of(all).succeeded();
    return Files.readAllBytes(out.resolve("lenet5.safetensors"));
  }

  @Test
  void relativeFolder() throws IOException {
    Path relative = Path.of("").toAbsolutePath().relativize(folder.toRealPath().resolve("x"));
    Path data = IdxFixture.write(folder.resolve("data"), 28, 28);
    CommandRun.of("demo", "--data", data, "--epochs=1", "--out", relative).succeeded();
    assertTrue(Files.exists(folder.resolve("x/lenet5.safetensors")));
    assertTrue(Files.exists(folder.resolve("x/report.html")));
  }

  @Test
  void outputFolderIsAFile() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    demo(file).failedWith(file.toString(), "is not a folder");
    demo(file.resolve("below")).failedWith(file.resolve("below").toString());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void outputFolderCannotBeMade() {
    demo(Path.of("/proc/lanewise")).failedWith("cannot", "/proc/lanewise");
  }

  @Test
  void aFolderWhereTheWeightsGo() throws IOException {
    Path inTheWay = Files.createDirectories(folder.resolve("out/lenet5.safetensors"));
    demo(folder.resolve("out")).failedWith(inTheWay.toString(), "in the way");
  }

  @Test
  void aFolderWithoutTheSet() {
    CommandRun.of("demo", "--data", folder).failedWith(folder.toString(), IdxFixture.TRAIN_IMAGES);
  }
}
