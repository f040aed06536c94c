using System.Collections.Immutable;
using System.Globalization;
using SkillBadges.Core;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite;

namespace SkillBadges.Benchmarks.App;

/// <summary>A school in a SQLite store whose ledger holds a number of entries, 60 a learner: 12 badges of 5 skills; and a class of 200 of them.</summary>
internal sealed class SeededGradebook : IDisposable
{
    public const int PerLearner = 60;
    public const int InClass = 200;
    public const int SkillsOfABadge = 5;

    private static readonly DateTimeOffset Start = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly MasteryScale Scale = MasteryScale.Create(
        "four-level",
        1,
        "Four levels",
        "Sample.",
        [new("beginning", 1, "Beginning", "Parts."), new("developing", 2, "Developing", "Most."), new("proficient", 3, "Proficient", "All."), new("advanced", 4, "Advanced", "More.")],
        "proficient",
        ScoringPolicy.Latest);

    private SeededGradebook(SqliteStore store, int learners) => (Store, Learners) = (store, learners);

    public SqliteStore Store { get; }

    public int Learners { get; }

    public static OrganizationId School { get; } = OrganizationId.From("school");

    public static Actor Teacher { get; } = new(PersonId.From("teacher"));

    public static ClassSectionId Section { get; } = ClassSectionId.From("class");

    public static IReadOnlyList<string> Badges { get; } = [.. Enumerable.Range(0, PerLearner / SkillsOfABadge).Select(Slug)];

    public static PersonId Learner(long number) => PersonId.From(string.Create(CultureInfo.InvariantCulture, $"learner-{number}"));

    public static async Task<SeededGradebook> FillAsync(string folder, int entries)
    {
        var store = SqliteStore.Open(folder, AllDocumentKinds.OfCore, TimeProvider.System, CancellationToken.None);
        var learners = entries / PerLearner;
        if (await store.FindAsync(ClassSectionDocuments.Kind, Section.Value, CancellationToken.None) is not null)
        {
            return new(store, learners);
        }

        foreach (var some in Enumerable.Range(0, learners).Chunk(50))
        {
            var changes = new Changes();
            foreach (var learner in some)
            {
                AddChain(changes, School, learner, PerLearner);
            }

            await store.CommitAsync(changes, CancellationToken.None);
        }

        // Last, so that a store which lacks it was not filled to its end.
        await store.CommitAsync(Around(learners), CancellationToken.None);
        return new(store, learners);
    }

    /// <summary>Learners with records of so many entries, entered into another store's school.</summary>
    public static async Task AddRecordsAsync(IDocumentStore store, OrganizationId school, int learners, int entries)
    {
        var changes = new Changes().Add(ScaleSnapshotDocuments.Kind, new(Scale.SnapshotHash, Scale));
        foreach (var badge in Badges.Select(Badge))
        {
            changes.Add(DefinitionDocuments.Versions, badge).Add(DefinitionDocuments.Heads, BadgeHead.Of(badge));
        }

        await store.CommitAsync(changes, CancellationToken.None);
        await Parallel.ForEachAsync(Enumerable.Range(0, learners).Chunk(200), async (some, cancellationToken) =>
        {
            var records = new Changes();
            foreach (var learner in some)
            {
                records.Add(PersonDocuments.Kind, Person.Named(Learner(learner), $"Name of {learner}"))
                    .Add(MembershipDocuments.Kind, new(MembershipId.From($"m-{Learner(learner)}"), Learner(learner), school, Role.Student, Start.AddYears(-1)));
                AddChain(records, school, learner, entries);
            }

            await store.CommitAsync(records, cancellationToken);
        });
    }

    public void Dispose() => Store.Dispose();

    private static Changes Around(int learners)
    {
        var changes = new Changes()
            .Add(OrganizationDocuments.Kind, Organization.Found(School, "school-1", "School 1", OrganizationKind.HighSchool, null))
            .Add(ScaleSnapshotDocuments.Kind, new(Scale.SnapshotHash, Scale))
            .Add(MembershipDocuments.Kind, new(MembershipId.From("teaches"), Teacher.Person, School, Role.Teacher, Start.AddYears(-1)));
        foreach (var badge in Badges.Select(Badge))
        {
            changes.Add(DefinitionDocuments.Versions, badge).Add(DefinitionDocuments.Heads, BadgeHead.Of(badge));
        }

        // The class's learners lie all over the store, as they came to the school over the years.
        PersonId[] students = [.. Enumerable.Range(0, InClass).Select(place => Learner((long)place * learners / InClass))];
        changes.Add(ClassSectionDocuments.Kind, new(Section, School, "Shop 1", Start) { Teachers = [Teacher.Person], Students = [.. students] });
        foreach (var student in students)
        {
            changes.Add(PersonDocuments.Kind, Person.Named(student, $"Name of {student}")).Add(MembershipDocuments.Kind, new(MembershipId.From($"m-{student}"), student, School, Role.Student, Start.AddYears(-1)));
        }

        return changes;
    }

    private static void AddChain(Changes changes, OrganizationId school, int number, int length)
    {
        var chain = new List<MasteryEntry>(length);
        for (var i = 0; i < length; i++)
        {
            chain.Add(MasteryEntry.Append(
                chain.Count == 0 ? null : chain[^1], $"entry-{number}-{i}", school, Learner(number), Facts(school, number, i), new("Pat Teacher", "Good work, and well explained.", null, ["Photo", "Log"]), "c2FsdHNhbHRzYWx0c2FsdA"));
            changes.Add(LedgerDocuments.Kind, chain[^1]);
        }

        foreach (var sheet in BadgeSheet.Of(chain))
        {
            changes.Add(BadgeSheetDocuments.Kind, sheet);
        }
    }

    private static string Slug(int badge) => string.Create(CultureInfo.InvariantCulture, $"badge-{badge:00}");

    private static MasteryFacts Facts(OrganizationId school, int learner, int number)
    {
        // Levels differ from learner to learner and skill to skill.
        var level = Scale.Levels[(int)(((uint)((learner * 31) + (number * 17)) * 2654435761u) >> 30)];
        var badge = number / SkillsOfABadge;
        return new()
        {
            Effect = EntryEffect.Asserted,
            Competency = new(
                $"http://localhost:5080/achievements/{Slug(badge)}/1#skill-{number % SkillsOfABadge}", new(Slug(badge), 1), $"skill-{number % SkillsOfABadge}", $"Skill {number % SkillsOfABadge}", Sha256Digest.Of("statement"u8)),
            Scale = new(Scale.Id, 1, Scale.SnapshotHash),
            Level = new(level.Code, level.Ordinal, level.Label, "Does all required steps alone, to the stated tolerance, on two occasions.", level.Ordinal >= 3, level.Ordinal >= 3),
            Attempt = 1,
            Evidence = ImmutableArray.Create(new EvidenceDigest(Sha256Digest.Of("photo"u8), "image/png", 120_000, EvidenceKind.File, LearningContext.Class)),
            Assessor = new(Teacher.Person, Role.Teacher, school, AssessorRelation.TeachesTheClass),
            Context = new(Section, null, null),
            Issuer = new(school, "did:web:localhost%3A5080:orgs:school-1"),
            SubmittedAt = Start,
            DecidedAt = Start.AddHours(number),
            RecordedAt = Start.AddHours(number),
            Provenance = new("decision", SubmissionId.From($"submission-{badge}"), $"decision-{badge}"),
        };
    }

    private static BadgeDefinition Badge(string slug) => new BadgeDefinition
    {
        Slug = slug,
        Name = slug,
        Description = "Sample.",
        Criteria = "Sample.",
        AchievementType = "Badge",
        Field = "sample",
        Tags = [],
        Image = new("A picture"),
        Scale = Scale,
        SkillGroups = [],
        Competencies =
        [
            .. Enumerable.Range(0, SkillsOfABadge).Select(skill => new Competency
            {
                Id = $"skill-{skill}",
                Name = $"Skill {skill}",
                Statement = "Does it.",
                LevelDescriptors = Scale.Levels.ToImmutableDictionary(level => level.Code, level => level.Descriptor),
                RequiredLevel = "proficient",
                EvidenceOptions = [new("photos", "Photos", EvidenceKind.File, "A photo.")],
            }),
        ],
        Review = new([ReviewerRole.Teacher], SupervisorMode.NotAllowed),
        Alignments = [],
        CoAuthors = [],
    }.Publish(1);
}
