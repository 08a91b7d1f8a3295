package io.lanewise.cli.image;

import java.util.HexFormat;

/** The file formats that are read, told by a file's first bytes and never by its name. */
enum ImageFormat {
  PNG("png", "89504e470d0a1a0a"),
  JPEG("jpeg", "ffd8ff");

  /** How many first bytes {@link #of} and {@link #describe} look at. */
  static final int PREFIX = 12;

  private final String imageIoName;
  private final String signature;

  ImageFormat(String imageIoName, String signature) {
    this.imageIoName = imageIoName;
    this.signature = signature;
  }

  /** What ImageIO calls it. */
  String imageIoName() {
    return imageIoName;
  }

  /** The format of a file beginning with these bytes, or null. */
  static ImageFormat of(byte[] first) {
    String hex = HexFormat.of().formatHex(first);
    for (ImageFormat format : values()) {
      if (hex.startsWith(format.signature)) {
        return format;
      }
    }
    return null;
  }

  /** A file's first bytes for a message, such as {@code 47 49 46 ("GIF")}. */
  static String describe(byte[] first) {
    if (first.length == 0) {
      return "it is empty";
    }
    StringBuilder text = new StringBuilder();
    for (byte b : first) {
      text.append(b >= ' ' && b <= '~' ? (char) b : '.');
    }
    return "it begins with " + HexFormat.ofDelimiter(" ").formatHex(first) + " (\"" + text + "\")";
  }
}
