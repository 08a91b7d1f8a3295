package io.lanewise.training.data;

/**
 * A dataset's two parts.
 *
 * @param train to fit a network to
 * @param test to judge it by
 */
public record Split(ImageDataset train, ImageDataset test) {}
