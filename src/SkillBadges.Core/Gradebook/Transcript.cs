using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Articulations;
using SkillBadges.Core.Gradebook.Courses;
using SkillBadges.Core.Gradebook.Grades;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Derived;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Gradebook;

/// <summary>One skill with the level that stands, in the scale in which it was decided.</summary>
/// <param name="DecidedOn">The day at the school that decided.</param>
public sealed record TranscriptSkill(string Name, LevelSnapshot Level, DateOnly DecidedOn)
{
    /// <summary>Enough for the badge although its scale calls it less than proficient; a reader is told.</summary>
    public bool IsEnoughBelowCut => Level.IsSufficient && !Level.IsProficient;

    /// <summary>The level as a policy converts it; null where none does.</summary>
    public string? Letter { get; init; }

    /// <summary>Where it was decided, where the school only recognized it.</summary>
    public RecognizedReference? Recognized { get; init; }

    /// <summary>Each moment at which it stood higher than ever before.</summary>
    public ImmutableArray<LevelRise> Rises { get; init; } = [];
}

/// <param name="EarnedOn">Null while skills were decided and the badge was not earned, or does not stand now; as <paramref name="Credential"/>.</param>
/// <param name="GoodUntil">The last day on which it counts as recent; null for always.</param>
/// <param name="Scale">Address of its scale in the legend.</param>
public sealed record TranscriptBadge(
    BadgeVersionId Badge, string Name, Sha256Digest Scale, DateOnly? EarnedOn, DateOnly? GoodUntil, CredentialId? Credential, ImmutableArray<TranscriptSkill> Skills, ImmutableArray<EarnedCredit> Credits);

/// <summary>A course that was graded by a letter.</summary>
/// <param name="RecordedBy">Who recorded it, by name; null where that is not known any more.</param>
public sealed record TranscriptCourse(CourseRecord Course, string? RecordedBy);

/// <summary>A stack's own award, which the school made when the last of its badges was there.</summary>
/// <param name="Stack">In the version that was awarded.</param>
/// <param name="GoodUntil">The last day on which it counts; null for always.</param>
public sealed record TranscriptStack(string Stack, string Name, DateOnly EarnedOn, DateOnly? GoodUntil, CredentialId Credential);

/// <summary>What one school decided.</summary>
public sealed record TranscriptPart(OrganizationId RecordKeeper, string School, ImmutableArray<TranscriptBadge> Badges)
{
    /// <summary>Earliest first.</summary>
    public ImmutableArray<TranscriptCourse> Courses { get; init; } = [];

    /// <summary>Latest first.</summary>
    public ImmutableArray<TranscriptStack> Stacks { get; init; } = [];
}

/// <summary>An award that stands, with what is said of it.</summary>
public sealed record TranscriptAward(Award Award, ImmutableArray<EarnedCredit> Credits);

/// <summary>
/// A learner's record for those who read records: what was decided, as it was decided, school by school, with every scale explained once. Nothing is
/// averaged, and no learner is ranked among others.
/// </summary>
/// <param name="Issuer">The school that hands it out.</param>
/// <param name="On">The day there.</param>
/// <param name="Legend">Every scale that a level is of, by its address.</param>
/// <param name="Withheld">Entries of other schools that the reader was shown nothing of.</param>
public sealed record Transcript(
    PersonId Learner, string LearnerName, Organization Issuer, DateOnly On, ImmutableArray<TranscriptPart> Parts, ImmutableSortedDictionary<string, MasteryScale> Legend, int Withheld)
{
    /// <summary>The policies by which letters were converted; without one there are no letters.</summary>
    public ImmutableArray<LetterPolicy> Policies { get; init; } = [];

    /// <summary>What a policy of an organization makes of it; null where none was asked for.</summary>
    public TranscriptGrades? Grades { get; init; }

    public IEnumerable<TranscriptCourse> Courses => Parts.SelectMany(part => part.Courses);

    /// <summary>Awards of stacks that stand, in the order of the parts, latest first.</summary>
    public IEnumerable<TranscriptStack> Stacks => Parts.SelectMany(part => part.Stacks);

    /// <summary>What the school that hands it out decided itself, and the legend of that alone.</summary>
    public Transcript AtIssuerAlone()
    {
        ImmutableArray<TranscriptPart> own = [.. Parts.Where(part => part.RecordKeeper == Issuer.Id)];
        var scales = own.SelectMany(part => part.Badges).Select(badge => badge.Scale.Hex).ToHashSet(StringComparer.Ordinal);
        return this with { Parts = own, Legend = Legend.RemoveRange(Legend.Keys.Where(digest => !scales.Contains(digest))) };
    }

    /// <summary>The same with courses beside the badges; a school that has courses alone becomes a part of its own.</summary>
    /// <param name="courses">Those that stand and that the reader may see.</param>
    /// <param name="schools">Names of the schools that recorded them.</param>
    /// <param name="people">Names of those who recorded them.</param>
    public Transcript WithCourses(IReadOnlyCollection<CourseRecord> courses, IReadOnlyDictionary<OrganizationId, string> schools, IReadOnlyDictionary<PersonId, string> people)
    {
        ImmutableArray<TranscriptCourse> At(OrganizationId keeper) =>
        [
            .. courses.Where(course => course.RecordKeeper == keeper).OrderBy(course => course.Words.CompletedOn).ThenBy(course => course.Id.Value, StringComparer.Ordinal)
                .Select(course => new TranscriptCourse(course, people.GetValueOrDefault(course.By))),
        ];
        var known = Parts.Select(part => part.RecordKeeper).ToHashSet();
        var others = courses.Select(course => course.RecordKeeper).Distinct().Where(keeper => !known.Contains(keeper)).OrderBy(keeper => keeper == Issuer.Id ? 0 : 1).ThenBy(keeper => schools[keeper], StringComparer.Ordinal);
        return this with
        {
            Parts = [.. Parts.Select(part => part with { Courses = At(part.RecordKeeper) }), .. others.Select(keeper => new TranscriptPart(keeper, schools[keeper], []) { Courses = At(keeper) })],
        };
    }

    /// <summary>The same with the awards of stacks beside the badges of the school that made them.</summary>
    /// <param name="stacks">Those that stand.</param>
    /// <param name="keepers">The record-keepers of the transcript.</param>
    public Transcript WithStacks(IReadOnlyCollection<DerivedCredential> stacks, IReadOnlyDictionary<OrganizationId, Organization> keepers) => this with
    {
        Parts =
        [
            .. Parts.Select(part => part with
            {
                Stacks =
                [
                    .. stacks.Where(one => one.Organization == part.RecordKeeper).OrderByDescending(one => one.EarnedAt).ThenBy(one => one.About, StringComparer.Ordinal).Select(one => new TranscriptStack(
                        one.About, one.Name, keepers[one.Organization].DayOf(one.EarnedAt), one.ValidUntil is { } until ? keepers[one.Organization].DayOf(until) : null, one.Credential)),
                ],
            }),
        ],
    };

    /// <summary>
    /// The same to be read in another language: names of badges, skills and scales, and names and meanings of levels, where the authors translated them. A scale is called the
    /// same wherever it stands, as the first of its badges that translates it has it.
    /// </summary>
    /// <param name="language">As <see cref="BadgeTranslation.Language"/>.</param>
    /// <param name="badges">The versions that the transcript names.</param>
    public Transcript In(string language, IReadOnlyDictionary<BadgeVersionId, BadgeDefinition> badges)
    {
        var translated = badges.Where(badge => badge.Value.Translations.Any(known => known.Language == language)).ToDictionary(badge => badge.Key, badge => badge.Value.In(language));
        if (translated.Count == 0)
        {
            return this;
        }

        var scales = new Dictionary<string, MasteryScale>(StringComparer.Ordinal);
        foreach (var badge in Parts.SelectMany(part => part.Badges))
        {
            if (translated.TryGetValue(badge.Badge, out var words) && badges[badge.Badge].Scale.SnapshotHash == badge.Scale && (words.Scale.Name != badges[badge.Badge].Scale.Name || !words.Scale.Levels.SequenceEqual(badges[badge.Badge].Scale.Levels)))
            {
                scales.TryAdd(badge.Scale.Hex, words.Scale);
            }
        }

        return this with
        {
            Legend = Legend.SetItems(scales.Where(scale => Legend.ContainsKey(scale.Key)).Select(scale => KeyValuePair.Create(scale.Key, Legend[scale.Key] with { Name = scale.Value.Name, Levels = scale.Value.Levels }))),
            Parts = [.. Parts.Select(part => part with { Badges = [.. part.Badges.Select(badge => In(badge, badges.GetValueOrDefault(badge.Badge), translated.GetValueOrDefault(badge.Badge), scales.GetValueOrDefault(badge.Scale.Hex)))] })],
        };
    }

    private static TranscriptBadge In(TranscriptBadge badge, BadgeDefinition? original, BadgeDefinition? words, MasteryScale? scale) => badge with
    {
        Name = words is not null && original!.Name == badge.Name ? words.Name : badge.Name,
        Skills =
        [
            .. badge.Skills.Select(skill => skill with
            {
                // By the name under which it was decided: a skill of another version may be called otherwise.
                Name = original?.Competencies.FirstOrDefault(known => known.Name == skill.Name) is { } known ? words?.Competencies.FirstOrDefault(one => one.Id == known.Id)?.Name ?? skill.Name : skill.Name,
                Level = scale?.Find(skill.Level.Code) is { } level ? skill.Level with { Label = level.Label, Descriptor = level.Descriptor } : skill.Level,
            }),
        ],
    };

    /// <summary>The credentials of the badges and of the stacks that stand, in the order of the parts.</summary>
    public IEnumerable<CredentialId> Credentials => Parts.SelectMany(part => part.Badges.Select(badge => badge.Credential).OfType<CredentialId>().Concat(part.Stacks.Select(stack => stack.Credential)));

    /// <param name="view">What the reader may see.</param>
    /// <param name="learner">Whom it is about.</param>
    /// <param name="issuer">Who hands it out.</param>
    /// <param name="keepers">The record-keepers of the view.</param>
    /// <param name="awards">The learner's awards that stand.</param>
    /// <param name="badges">The versions that the view and the awards name.</param>
    /// <param name="scales">The scales that the view names, by digest.</param>
    /// <param name="now">The instant of reading.</param>
    public static Transcript Of(
        GradebookView view,
        Person learner,
        Organization issuer,
        IReadOnlyDictionary<OrganizationId, Organization> keepers,
        IReadOnlyCollection<TranscriptAward> awards,
        IReadOnlyDictionary<BadgeVersionId, BadgeDefinition> badges,
        IReadOnlyDictionary<Sha256Digest, MasteryScale> scales,
        DateTimeOffset now)
    {
        var parts = view.Lines
            .Where(line => line.Standing is not null)
            .GroupBy(line => line.RecordKeeper)
            .OrderBy(group => group.Key == issuer.Id ? 0 : 1)
            .ThenBy(group => keepers[group.Key].Name, StringComparer.Ordinal)
            .Select(group => new TranscriptPart(group.Key, keepers[group.Key].Name, [.. Badges(group, keepers[group.Key], awards, badges)]))
            .ToImmutableArray();
        var legend = parts.SelectMany(part => part.Badges).Select(badge => badge.Scale).Distinct().ToImmutableSortedDictionary(digest => digest.Hex, digest => scales[digest], StringComparer.Ordinal);
        return new(view.Learner, learner.DisplayName, issuer, issuer.DayOf(now), parts, legend, view.Withheld);
    }

    /// <summary>The same with letters beside the levels.</summary>
    /// <param name="policies">By school and scale; what none speaks of keeps its level alone.</param>
    public Transcript WithLetters(IReadOnlyDictionary<(OrganizationId School, Sha256Digest Scale), LetterPolicy> policies) => this with
    {
        Policies = [.. policies.Values.DistinctBy(policy => (policy.Crosswalk.Id, policy.Revision.Number)).OrderBy(policy => policy.From.Name, StringComparer.Ordinal).ThenBy(policy => policy.Crosswalk.Id.Value, StringComparer.Ordinal)],
        Parts = [.. Parts.Select(part => part with { Badges = [.. part.Badges.Select(badge => WithLetters(badge, policies.GetValueOrDefault((part.RecordKeeper, badge.Scale))))] })],
    };

    private static TranscriptBadge WithLetters(TranscriptBadge badge, LetterPolicy? policy) =>
        policy is null ? badge : badge with { Skills = [.. badge.Skills.Select(skill => skill with { Letter = policy.Of(skill.Level.Code) })] };

    // Earned ones first, latest first; then those that skills were decided of.
    private static IEnumerable<TranscriptBadge> Badges(
        IEnumerable<GradebookLine> lines, Organization keeper, IReadOnlyCollection<TranscriptAward> awards, IReadOnlyDictionary<BadgeVersionId, BadgeDefinition> badges) =>
        lines.GroupBy(line => (line.Competency.Badge.Slug, line.Scale.Digest))
            .Select(group => Badge([.. group], keeper, awards, badges))
            .OrderByDescending(badge => badge.EarnedOn ?? DateOnly.MinValue)
            .ThenBy(badge => badge.Name, StringComparer.Ordinal)
            .ThenBy(badge => badge.Badge.ToString(), StringComparer.Ordinal);

    private static TranscriptBadge Badge(
        IReadOnlyList<GradebookLine> lines, Organization keeper, IReadOnlyCollection<TranscriptAward> awards, IReadOnlyDictionary<BadgeVersionId, BadgeDefinition> badges)
    {
        var earned = awards
            .Where(award => award.Award.Organization == keeper.Id && award.Award.Badge.Slug == lines[0].Competency.Badge.Slug)
            .MaxBy(award => award.Award.AwardedAt);
        var version = earned?.Award.Badge ?? lines.MaxBy(line => line.Competency.Badge.Version)!.Competency.Badge;
        var definition = badges.GetValueOrDefault(version);
        var skills = lines.Select(line => new TranscriptSkill(line.Competency.Name, line.Standing!, keeper.DayOf(line.History.Last(decided => decided.IsStanding && decided.Level == line.Standing).DecidedAt)) { Recognized = line.Recognized, Rises = line.Rises });
        return new(
            version,
            definition?.Name ?? version.Slug,
            lines[0].Scale.Digest,
            earned is null ? null : keeper.DayOf(earned.Award.AwardedAt),
            earned is not null && definition?.RecencyMonths is { } months ? keeper.DayOf(earned.Award.AwardedAt.AddMonths(months)) : null,
            earned?.Award.Credential,
            [.. Ordered(skills, definition)],
            earned?.Credits ?? []);
    }

    // As the badge has them.
    private static IEnumerable<TranscriptSkill> Ordered(IEnumerable<TranscriptSkill> skills, BadgeDefinition? badge) =>
        badge is null ? skills.OrderBy(skill => skill.Name, StringComparer.Ordinal) : skills.OrderBy(skill => badge.Competencies.Select(competency => competency.Name).ToList().IndexOf(skill.Name));
}
