/**
 * Training: {@link io.lanewise.training.Trainer} runs the loop, and its parts serve a loop of one's
 * own.
 */
package io.lanewise.training;
