package io.lanewise.propertytests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The innermost loops with fused multiply-adds in what HotSpot compiled, read from the bytes that
 * {@code -XX:CompileCommand=print} shows even without a disassembler of its own, by binutils'
 * objdump. x86-64 only.
 */
final class MachineCode {
  private static final Pattern BLOCK =
      Pattern.compile(
          "Compiled method \\(c2\\) [^\n]* (\\S+::\\S+) \\([^\n]*\n.*?\\[MachCode\\](.*?)\\[/MachCode\\]",
          Pattern.DOTALL);
  private static final Pattern BYTES = Pattern.compile("(?m)^\\s+0x[0-9a-f]+:\\s+([^;\n]*)");
  private static final Pattern INSTRUCTION = Pattern.compile("(?m)^\\s*([0-9a-f]+):\\s+(.*)$");
  private static final Pattern JUMP = Pattern.compile("j\\w+\\s+0x([0-9a-f]+).*");

  private static final Pattern VECTOR = Pattern.compile("%[xyz]mm");

  /**
   * One loop.
   *
   * @param instructions how many
   * @param fma how many of them are fused multiply-adds
   * @param spills how many move a vector register to or from the stack
   * @param reloads how many others touch the stack: row pointers beyond the general registers
   * @param branches how many jump, its own end included
   */
  record Loop(int instructions, int fma, int spills, int reloads, int branches) {
    static Loop of(List<String> body) {
      return new Loop(
          body.size(),
          count(body, "fmadd"),
          (int) stack(body).filter(VECTOR.asPredicate()).count(),
          (int) stack(body).filter(VECTOR.asPredicate().negate()).count(),
          (int) body.stream().filter(t -> t.startsWith("j")).count());
    }

    private static Stream<String> stack(List<String> body) {
      return body.stream().filter(t -> t.contains("(%rsp"));
    }

    private static int count(List<String> body, String part) {
      return (int) body.stream().filter(t -> t.contains(part)).count();
    }
  }

  private MachineCode() {}

  /**
   * The innermost multiply-add loops of a method as it was last compiled.
   *
   * @param method {@code class::name}
   */
  static List<Loop> loopsOfLast(String log, String method)
      throws IOException, InterruptedException {
    byte[] last = null;
    for (Matcher m = BLOCK.matcher(log); m.find(); ) {
      if (m.group(1).equals(method)) {
        last = bytes(m.group(2));
      }
    }
    if (last == null) {
      throw new AssertionError(method + " was not compiled");
    }
    return loops(disassemble(last));
  }

  private static byte[] bytes(String block) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Matcher m = BYTES.matcher(block); m.find(); ) {
      out.writeBytes(HexFormat.of().parseHex(m.group(1).replaceAll("[^0-9a-f]", "")));
    }
    return out.toByteArray();
  }

  private static String disassemble(byte[] code) throws IOException, InterruptedException {
    Path file = Files.createTempFile("lanewise", ".bin");
    try {
      Files.write(file, code);
      Process p =
          new ProcessBuilder(
                  "objdump",
                  "-D",
                  "-b",
                  "binary",
                  "-mi386:x86-64",
                  "--no-show-raw-insn",
                  file.toString())
              .redirectErrorStream(true)
              .start();
      String text = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (p.waitFor() != 0) {
        throw new IOException("objdump failed: " + text);
      }
      return text;
    } finally {
      Files.delete(file);
    }
  }

  private static List<Loop> loops(String disassembly) {
    List<String> texts = new ArrayList<>();
    Map<Long, Integer> index = new HashMap<>();
    for (Matcher m = INSTRUCTION.matcher(disassembly); m.find(); ) {
      index.put(Long.parseUnsignedLong(m.group(1), 16), texts.size());
      texts.add(m.group(2).strip());
    }
    List<int[]> ranges = new ArrayList<>();
    for (int end = 0; end < texts.size(); end++) {
      Matcher jump = JUMP.matcher(texts.get(end));
      if (jump.matches()) {
        Integer start = index.get(Long.parseUnsignedLong(jump.group(1), 16));
        if (start != null && start <= end && Loop.of(texts.subList(start, end + 1)).fma() > 0) {
          ranges.add(new int[] {start, end});
        }
      }
    }
    return ranges.stream()
        .filter(r -> ranges.stream().noneMatch(o -> isInside(o, r)))
        .map(r -> Loop.of(texts.subList(r[0], r[1] + 1)))
        .toList();
  }

  private static boolean isInside(int[] inner, int[] outer) {
    return inner[1] - inner[0] < outer[1] - outer[0]
        && inner[0] >= outer[0]
        && inner[1] <= outer[1];
  }
}
