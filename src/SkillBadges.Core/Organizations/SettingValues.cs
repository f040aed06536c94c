using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Organizations;

/// <summary>
/// What a school, district or state office decides about how the product works there. A member left out is inherited from the
/// organization above, and in the end from <see cref="Defaults"/>.
/// </summary>
public sealed partial record SettingValues
{
    /// <summary>The name under which <see cref="Attempts"/> speaks of every badge that it does not name.</summary>
    public const string EveryBadge = "*";

    private const int MaxAttemptPolicies = 200;
    private const int MaxScorings = 100;

    /// <summary>What holds where nobody has set anything; every member has a value.</summary>
    public static SettingValues Defaults { get; } = new()
    {
        UndoMinutes = 10, ReviewDays = 7, ModerationPercent = 0, SecondReadingDays = 14, DigestHour = 7, TellFamilies = false, LearnerFileMegabytes = 2048, OrganizationFileMegabytes = 200 * 1024, Attempts = ImmutableSortedDictionary<string, AttemptPolicy>.Empty,
        SignOffs = SignOffPolicy.OneOfEach, Lint = LintPolicy.Warn, Standards = true, Scales = true, Reporting = true, PeerFeedback = true, TeachersKeepClasses = true, ObservationDays = 30,
        Scoring = ImmutableSortedDictionary<string, string>.Empty, FlagAfterWeeks = 6, FlagNotYets = 2, MediaDays = 1_095, FileDays = 1_825, Profile = new(""),
    };

    /// <summary>How long a decision can be undone before its badge is signed; 0 signs at once.</summary>
    public int? UndoMinutes { get; init; }

    /// <summary>Days after which turned-in work is due to be decided.</summary>
    public int? ReviewDays { get; init; }

    /// <summary>Share of decisions, in percent, that a second reader scores again without seeing the first.</summary>
    public int? ModerationPercent { get; init; }

    /// <summary>Days in which a second reading can be given; until then, or until it is given, whoever could give it does not see the first verdict.</summary>
    public int? SecondReadingDays { get; init; }

    /// <summary>
    /// How often and how soon learners may try again, in place of what a badge says: by the badge's slug, or by <c>*</c> for all others.
    /// A badge that an organization does not name is looked for in the one above.
    /// </summary>
    public ImmutableSortedDictionary<string, AttemptPolicy>? Attempts { get; init; }

    /// <summary>The hour of the organization's day, 0 to 23, at which the letter with a day's notices goes out.</summary>
    public int? DigestHour { get; init; }

    /// <summary>Whether guardians who hold the rights in a learner's record are told of decisions as the learner is.</summary>
    public bool? TellFamilies { get; init; }

    /// <summary>How much room the files of one student may take, arriving ones included.</summary>
    public int? LearnerFileMegabytes { get; init; }

    /// <summary>How much room the files of all students of one organization may take.</summary>
    public int? OrganizationFileMegabytes { get; init; }

    /// <summary>Who must sign the badges that the organization leads before they are published.</summary>
    public SignOffPolicy? SignOffs { get; init; }

    /// <summary>Whether findings keep the badges that the organization leads from being published.</summary>
    public LintPolicy? Lint { get; init; }

    /// <summary>Stage: whether alignments to frameworks are shown and asked for.</summary>
    public bool? Standards { get; init; }

    /// <summary>Stage: whether learners rate themselves and assessors choose levels; else work is signed off or returned.</summary>
    public bool? Scales { get; init; }

    /// <summary>Stage: whether staff read the record across badges and schools.</summary>
    public bool? Reporting { get; init; }

    /// <summary>Whether learners may ask classmates to look at their work.</summary>
    public bool? PeerFeedback { get; init; }

    /// <summary>Whether teachers take students of the school into their classes, and hand them links to sign in; else the office alone does.</summary>
    public bool? TeachersKeepClasses { get; init; }

    /// <summary>How many days back an assessor may date what they saw; the last 24 hours always count.</summary>
    public int? ObservationDays { get; init; }

    /// <summary>
    /// By a scale's id, how the history of decisions on it is read here in place of what the scale says: <c>latest</c>, <c>highest</c> or <c>mode-of-last-5</c> (2 to 20).
    /// It changes what is shown and no entry. A scale that an organization does not name is looked for in the one above.
    /// </summary>
    public ImmutableSortedDictionary<string, string>? Scoring { get; init; }

    /// <summary>After how many weeks without a rise a learner is pointed out to the teacher.</summary>
    public int? FlagAfterWeeks { get; init; }

    /// <summary>After how many decisions of "not yet" in a row on one skill a learner is pointed out.</summary>
    public int? FlagNotYets { get; init; }

    /// <summary>How many days after the last word on a piece of work pictures, sound and film among its proof are kept.</summary>
    public int? MediaDays { get; init; }

    /// <summary>The same for all other files of proof.</summary>
    public int? FileDays { get; init; }

    /// <summary>What transcripts say of the school.</summary>
    public SchoolProfile? Profile { get; init; }

    /// <summary>These values, if each is within its bounds.</summary>
    /// <exception cref="RefusedException">
    /// <c>setting.undo-minutes</c>, <c>setting.review-days</c>, <c>setting.moderation-percent</c>, <c>setting.second-reading-days</c>, <c>setting.attempts</c>, <c>attempt.policy</c>, <c>setting.digest-hour</c>, <c>setting.file-room</c>, <c>setting.sign-off-policy</c>, <c>setting.lint</c>, <c>setting.observation-days</c>, <c>setting.scoring</c>, <c>setting.flags</c>, <c>setting.keeping</c>, <c>setting.profile</c>.
    /// </exception>
    public SettingValues Checked()
    {
        Within(UndoMinutes, 0, 24 * 60, "setting.undo-minutes", "minutes in which a decision can be undone");
        Within(ReviewDays, 1, 120, "setting.review-days", "days until work is due to be decided");
        Within(ModerationPercent, 0, 100, "setting.moderation-percent", "percent of decisions that are scored twice");
        Within(SecondReadingDays, 1, 120, "setting.second-reading-days", "days in which a second reading can be given");
        Within(DigestHour, 0, 23, "setting.digest-hour", "hours at which the daily letter goes out");
        Within(LearnerFileMegabytes, 1, 10_000_000, "setting.file-room", "megabytes of one student's files");
        Within(OrganizationFileMegabytes, 1, 100_000_000, "setting.file-room", "megabytes of an organization's files");
        Within(ObservationDays, 0, 400, "setting.observation-days", "days back that an observation may be dated");
        Within(FlagAfterWeeks, 1, 52, "setting.flags", "weeks without a rise");
        Within(FlagNotYets, 2, 10, "setting.flags", "decisions of not yet in a row");
        Within(MediaDays, 30, 3_650, "setting.keeping", "days for which pictures, sound and film are kept");
        Within(FileDays, 30, 3_650, "setting.keeping", "days for which files are kept");
        if (Lint is { } lint && !Enum.IsDefined(lint))
        {
            throw Refused.Invalid("setting.lint", "Findings warn or block.");
        }

        if (Scoring is not null && (Scoring.Count > MaxScorings || Scoring.Any(pair => pair.Key.Length > 64 || !SlugForm().IsMatch(pair.Key) || !ScoringForm().IsMatch(pair.Value))))
        {
            throw Refused.Invalid("setting.scoring", $"At most {MaxScorings} scales are named by their ids, such as four-level, each with latest, highest or mode-of-last-2 to mode-of-last-20.");
        }

        return this with { Attempts = CheckedAttempts(), SignOffs = SignOffs?.Checked(), Profile = Profile?.Checked() };
    }

    /// <summary>The names of what is another value here, or is set in one of the two only.</summary>
    public IReadOnlyList<string> DifferingFrom(SettingValues other)
    {
        var (mine, theirs) = (Members(this), Members(other));
        return [.. mine.Concat(theirs).Select(member => member.Key).Distinct(StringComparer.Ordinal).Where(name => !JsonNode.DeepEquals(mine[name], theirs[name])).Order(StringComparer.Ordinal)];
    }

    private static JsonObject Members(SettingValues values) => JsonSerializer.SerializeToNode(values, DocumentJson.Options)!.AsObject();

    private ImmutableSortedDictionary<string, AttemptPolicy>? CheckedAttempts()
    {
        if (Attempts is null)
        {
            return null;
        }

        return Attempts.Count <= MaxAttemptPolicies && Attempts.Keys.All(badge => badge == EveryBadge || (badge.Length <= 64 && SlugForm().IsMatch(badge)))
            ? Attempts.ToImmutableSortedDictionary(pair => pair.Key, pair => AttemptPolicy.Require(pair.Value), StringComparer.Ordinal)
            : throw Refused.Invalid("setting.attempts", $"At most {MaxAttemptPolicies} badges are named by their short names, such as smaw-fillet, or all others by *.");
    }

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex SlugForm();

    [GeneratedRegex(@"^(latest|highest|mode-of-last-([2-9]|1[0-9]|20))\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ScoringForm();

    private static void Within(int? value, int least, int most, string code, string what)
    {
        if (value < least || value > most)
        {
            throw Refused.Invalid(code, $"The {what} lie between {least} and {most}.");
        }
    }
}
