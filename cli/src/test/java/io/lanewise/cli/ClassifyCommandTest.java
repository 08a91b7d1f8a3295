package io.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.training.data.FashionMnist;
import io.lanewise.training.data.ImageDataset;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifyCommandTest {
  private static final Pattern LINE = Pattern.compile(" {2}([ \\d]{3}\\.\\d) % {2}(.+)");
  private static final ImageDataset IMAGES = FashionMnist.sample().test();

  @TempDir private static Path trained;
  private static Path model;

  @TempDir private Path folder;

  @BeforeAll
  static void train() {
    CommandRun.of("demo", "--epochs=3", "--out", trained).succeeded();
    model = trained.resolve("lenet5.safetensors");
  }

  private Path write(int index, String format, boolean inverted) throws IOException {
    int size = IMAGES.width();
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
    byte[] pixels = IMAGES.pixels(index);
    for (int i = 0; i < size * size; i++) {
      int value = pixels[i] & 0xff;
      image.getRaster().setSample(i % size, i / size, 0, inverted ? 255 - value : value);
    }
    Path file = folder.resolve(index + (inverted ? "-inverted." : ".") + format);
    assertTrue(ImageIO.write(image, format, file.toFile()), format);
    return file;
  }

  private static CommandRun classify(Object... args) {
    Object[] all = new Object[args.length + 3];
    all[0] = "classify";
    all[1] = "--model";
    all[2] = model;
    System.arraycopy(args, 0, all, 3, args.length);
    return CommandRun.of(all);
  }

  private static List<String> lines(CommandRun run) {
    return run.succeeded().out().lines().toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg"})
  void mostImagesAreNamedRight(String format) throws IOException {
    List<Object> args = new ArrayList<>(List.of("--invert=never"));
    for (int i = 0; i < 20; i++) {
      args.add(write(i, format, false));
    }
    List<String> lines = lines(classify(args.toArray()));
    assertEquals(20 * 4, lines.size());
    int right = 0;
    for (int i = 0; i < 20; i++) {
      assertEquals(args.get(i + 1).toString(), lines.get(4 * i));
      double sum = 0;
      double last = 100;
      for (String line : lines.subList(4 * i + 1, 4 * i + 4)) {
        Matcher m = LINE.matcher(line);
        assertTrue(m.matches(), line);
        assertTrue(FashionMnist.CLASS_NAMES.contains(m.group(2)), line);
        double percent = Double.parseDouble(m.group(1).strip());
        assertTrue(percent <= last, "the likeliest first");
        last = percent;
        sum += percent;
      }
      assertTrue(sum > 30 && sum < 100.2, "sum of three of ten: " + sum);
      String truth = FashionMnist.CLASS_NAMES.get(IMAGES.label(i));
      right += lines.get(4 * i + 1).endsWith("  " + truth) ? 1 : 0;
    }
    assertTrue(right >= 14, "right of 20: " + right);
  }

  @Test
  void allClassesSumToOneHundred() throws IOException {
    List<String> lines = lines(classify("--top=99", write(0, "png", false)));
    assertEquals(11, lines.size());
    double sum = 0;
    for (String line : lines.subList(1, 11)) {
      sum += Double.parseDouble(line.substring(0, 7).strip());
    }
    assertEquals(100, sum, 0.5 + 1e-9); // ten numbers rounded to a tenth
  }

  @Test
  void darkOnLightIsInvertedByItself() throws IOException {
    for (int i = 0; i < 10; i++) {
      List<String> plain = lines(classify("--invert=never", write(i, "png", false)));
      Path inverted = write(i, "png", true);
      assertEquals(tail(plain), tail(lines(classify(inverted))), inverted.toString());
      assertEquals(tail(plain), tail(lines(classify("--invert=ALWAYS", inverted))));
      assertEquals(tail(plain), tail(lines(classify(write(i, "png", false)))));
    }
    List<String> left = lines(classify("--invert=never", write(0, "png", true)));
    assertTrue(!tail(left).equals(tail(lines(classify(write(0, "png", true))))), "it matters");
  }

  private static List<String> tail(List<String> lines) {
    return lines.subList(1, lines.size());
  }

  @Test
  void unreadableImagesDoNotStopTheOthers() throws IOException {
    Path first = write(0, "png", false);
    Path missing = folder.resolve("missing.png");
    Path text = Files.writeString(folder.resolve("text.png"), "this is not an image");
    byte[] jpeg = Files.readAllBytes(write(1, "jpeg", false));
    Path cut = Files.write(folder.resolve("cut.jpeg"), Arrays.copyOf(jpeg, jpeg.length / 2));
    Path last = write(2, "png", false);
    CommandRun run = classify(first, missing, text, cut, last);
    assertEquals(1, run.code());
    List<String> out = run.out().lines().toList();
    assertEquals(8, out.size(), run.out());
    assertEquals(first.toString(), out.get(0));
    assertEquals(last.toString(), out.get(4));
    List<String> err = run.err().lines().toList();
    assertEquals(3, err.size(), run.err());
    for (int i = 0; i < 3; i++) {
      String path = List.of(missing, text, cut).get(i).toString();
      assertTrue(err.get(i).startsWith("lanewise: ") && err.get(i).contains(path), err.get(i));
    }
  }

  @Test
  void badModelFiles() throws IOException {
    Path image = write(0, "png", false);
    byte[] whole = Files.readAllBytes(model);
    Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length - 5));
    Path empty = Files.createFile(folder.resolve("empty"));
    Path text = Files.writeString(folder.resolve("text"), "these are no weights at all");
    for (Path file : List.of(folder.resolve("missing"), cut, empty, text, folder)) {
      CommandRun.of("classify", "--model", file, image).failedWith(file.toString());
    }
  }

  @Test
  void modelFilesOfOtherContent() throws IOException {
    Path image = write(0, "png", false);
    Path other = edited("other", "lanewise-classifier-1", "lanewise-classifier-9");
    CommandRun.of("classify", "--model", other, image)
        .failedWith(other.toString(), "lanewise-classifier-9", "not the weights of a classifier");
    Path unknown = edited("unknown", "\"lenet5\"", "\"lenet6\"");
    CommandRun.of("classify", "--model", unknown, image)
        .failedWith(unknown.toString(), "unknown model 'lenet6'");
    Path labels = edited("labels", "Trouser\\n", "Trouser  ");
    CommandRun.of("classify", "--model", labels, image).failedWith(labels.toString());
    Path border = edited("border", "\"pad\":\"2\",\"mean\":\"0.", "\"pad\":\"16\",\"mean\":\".");
    CommandRun.of("classify", "--model", border, image)
        .failedWith(border.toString(), "a border of 16 leaves no image within 32x32");
  }

  /** The model file with other words, as long, in its header. */
  private Path edited(String name, String old, String words) throws IOException {
    String content = Files.readString(model, StandardCharsets.ISO_8859_1);
    assertEquals(old.length(), words.length());
    assertTrue(content.contains(old), old);
    Path file = folder.resolve(name);
    return Files.writeString(file, content.replace(old, words), StandardCharsets.ISO_8859_1);
  }
}
