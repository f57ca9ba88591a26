/**
 * {@code meshkeel validate}: judges a folder as the service would judge a commit, without a
 * cluster; and {@code meshkeel explain}: what a rule is about.
 */
@NullMarked
package io.meshkeel.app.validate;

import org.jspecify.annotations.NullMarked;
