package io.meshkeel.report;

import io.meshkeel.model.Revision;

/**
 * An open pull request.
 *
 * @param number as the forge counts them
 * @param head the newest commit of the proposal
 * @param base the branch it is to be merged into
 * @param fork whether it comes from another repository
 */
public record PullRequest(long number, Revision head, String base, boolean fork) {}
