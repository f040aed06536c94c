using System.Collections.Immutable;
using SkillBadges.App.Definitions;
using SkillBadges.Core;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;
using SkillBadges.Core.SignIn;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Demo;

/// <summary>
/// Fills an empty data folder with the sample district: organizations, people, classes, an internship, 150 pieces of work that
/// wait for one teacher, and a few badges that were earned already.
/// </summary>
internal sealed class DemoSeed(
    Commits commits, DefinitionImportWorkflow import, IFileStore files, PasswordHashing hashing, InstanceAddress address, ReviewQueue queue, DecisionWorkflow decisions, TimeProvider clock)
{
    private const int PendingLearners = 75;
    private const int DecidedLearners = 5;

    /// <summary>The student whose school has entered that they are an adult.</summary>
    private const int KnownAdult = 82;

    /// <summary>150 pieces of work wait: for each of these badges that of 75 students.</summary>
    public static readonly IReadOnlyList<string> PendingBadges = ["bookkeeping-cycle", "python-fundamentals"];

    private readonly IDocumentStore store = commits.Store;
    private readonly Dictionary<string, Organization> organizations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PersonId> people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<PersonId>> students = new(StringComparer.Ordinal);
    private string passwordHash = "";

    /// <param name="pending">Badges for each of which 75 students have turned in work that waits for one teacher.</param>
    /// <param name="undoMinutes">How long decisions can be undone afterwards; those of the sample are signed at once.</param>
    /// <param name="cancellationToken">Leaves a half-filled folder behind.</param>
    /// <exception cref="RefusedException"><c>demo.definitions</c> when the definitions that come with the program are faulty.</exception>
    public async Task RunAsync(IReadOnlyList<string> pending, int undoMinutes, CancellationToken cancellationToken)
    {
        passwordHash = hashing.Hash(DemoDistrict.Password, LoginName.Parse("somebody"));
        await ImportAsync(cancellationToken);
        await FoundAsync(cancellationToken);
        await AppointAsync(cancellationToken);
        await EnrollAsync(cancellationToken);
        await FormClassesAsync(cancellationToken);
        await TurnInAsync(pending, cancellationToken);
        await DecideSomeAsync(PendingLearners * pending.Count, cancellationToken);
        await BeginAsync((PendingLearners * pending.Count) + 100, cancellationToken);
        await LetUndoAsync(undoMinutes, cancellationToken);
    }

    private async Task LetUndoAsync(int minutes, CancellationToken cancellationToken)
    {
        var changes = new Changes();
        foreach (var top in organizations.Values.Where(organization => organization.Parent is null))
        {
            var read = await store.GetAsync(OrganizationSettingsDocuments.Kind, top.Id.Value, "organization", cancellationToken);
            changes.Replace(OrganizationSettingsDocuments.Kind, read, read.Document with { Values = read.Document.Values with { UndoMinutes = minutes } });
        }

        await store.CommitAsync(changes, cancellationToken);
    }

    private async Task ImportAsync(CancellationToken cancellationToken)
    {
        var report = await import.ImportAsync(await DefinitionFolder.ReadAsync(DefinitionFolder.Shipped, cancellationToken), cancellationToken);
        if (!report.IsSound)
        {
            throw Refused.Invalid("demo.definitions", string.Join(Environment.NewLine, report.Files.SelectMany(file => file.Faults)));
        }
    }

    private async Task FoundAsync(CancellationToken cancellationToken)
    {
        var changes = new Changes();
        await InstanceDocuments.FixAsync(store, address, clock.Now(), changes, cancellationToken);
        foreach (var planned in DemoDistrict.Organizations)
        {
            var parent = planned.Parent is null ? (OrganizationId?)null : organizations[planned.Parent].Id;
            var founded = Organization.Found(OrganizationId.New(clock.Now()), planned.Slug, planned.Name, planned.Kind, parent) with { ScaleId = planned.Scale };
            organizations[planned.Slug] = DemoDistrict.AcceptsOthers(planned) && founded.KeepsRecords ? Trusting(founded) : founded;
            changes.Add(OrganizationDocuments.Kind, organizations[planned.Slug]);
            if (parent is null)
            {
                changes.Add(OrganizationSettingsDocuments.Kind, new(founded.Id, new() { UndoMinutes = 0 }));
            }
        }

        await store.CommitAsync(changes, cancellationToken);
    }

    private Organization Trusting(Organization school) => DemoDistrict.Organizations
        .Where(other => other.Slug != school.Slug && other.Students > 0)
        .Aggregate(school, (trusting, other) => trusting.Trust(address.DidOf(other.Slug)));

    private async Task AppointAsync(CancellationToken cancellationToken)
    {
        var changes = new Changes();
        foreach (var person in DemoDistrict.People)
        {
            people[person.Login] = Add(changes, person.Login, person.Name, person.Organization, person.Role, EighteenthOf(person));
        }

        changes.Add(
            GuardianshipDocuments.Kind,
            new(GuardianshipId.New(clock.Now()), people["nia.parent"], people["nia"], organizations["westfield-high"].Id, GuardianshipProof.SchoolRecord, Earlier));

        foreach (var learner in (string[])["maya", "leo"])
        {
            changes.Add(
                GuardianshipDocuments.Kind,
                new(GuardianshipId.New(clock.Now()), people["parent"], people[learner], organizations["westfield-high"].Id, GuardianshipProof.SchoolRecord, Earlier));
            changes.Add(
                PlacementDocuments.Kind,
                new(
                    PlacementId.New(clock.Now()),
                    people[learner],
                    organizations["westfield-high"].Id,
                    organizations["northside-market"].Id,
                    people["sam.carter"],
                    Earlier,
                    clock.Now().AddDays(120)) { Badges = ["customer-service"] });
        }

        await store.CommitAsync(changes, cancellationToken);
    }

    private async Task EnrollAsync(CancellationToken cancellationToken)
    {
        var number = 0;
        foreach (var school in DemoDistrict.Organizations.Where(organization => organization.Students > 0))
        {
            var changes = new Changes();
            students[school.Slug] = [];
            for (var i = 0; i < school.Students; i++, number++)
            {
                var rightsPassOn = number + 1 == KnownAdult ? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddYears(-1) : (DateOnly?)null;
                students[school.Slug].Add(Add(changes, $"student{number + 1:000}", DemoDistrict.StudentName(number), school.Slug, Role.Student, rightsPassOn));
            }

            await store.CommitAsync(changes, cancellationToken);
        }
    }

    private async Task FormClassesAsync(CancellationToken cancellationToken)
    {
        var changes = new Changes();
        foreach (var teacher in DemoDistrict.People.Where(person => person.Role == Role.Teacher).DistinctBy(person => person.Organization))
        {
            ImmutableArray<PersonId> learners =
            [
                .. DemoDistrict.People.Where(person => person.Role == Role.Student && person.Organization == teacher.Organization).Select(person => people[person.Login]),
                .. students[teacher.Organization],
            ];
            changes.Add(
                ClassSectionDocuments.Kind,
                new(ClassSectionId.New(clock.Now()), organizations[teacher.Organization].Id, $"Career studies, {teacher.Name}", Earlier) { Teachers = [people[teacher.Login]], Students = learners });
        }

        await store.CommitAsync(changes, cancellationToken);
    }

    // The same rules as in a learner's hands, one commit a learner instead of one a click.
    private async Task TurnInAsync(IReadOnlyList<string> pending, CancellationToken cancellationToken)
    {
        var school = organizations["westfield-high"].Id;
        var waiting = pending
            .SelectMany(badge => students["westfield-high"].Take(PendingLearners).Select(learner => (Badge: badge, Learner: learner)))
            .Select((work, number) => (work.Badge, work.Learner, Number: number));
        await Parallel.ForEachAsync(waiting, cancellationToken, async (work, token) => await TurnInAsync(work.Learner, school, work.Badge, work.Number, token));
    }

    private async Task<Submission> TurnInAsync(PersonId learner, OrganizationId school, string badgeSlug, int number, CancellationToken cancellationToken)
    {
        var badge = await store.CurrentVersionAsync(badgeSlug, cancellationToken);
        var submission = (await PrepareAsync(learner, school, badge, number, cancellationToken)).Submit(new(badge, Earlier.AddMinutes(20 * number)));
        await store.CommitAsync(
            new Changes()
                .Add(SubmissionDocuments.Kind, submission)
                .Add(ReviewTaskDocuments.Kind, await queue.TaskAsync(submission, badge, cancellationToken)),
            cancellationToken);
        return submission;
    }

    // Work of their own with a file, ready to be turned in.
    private async Task<Submission> PrepareAsync(PersonId learner, OrganizationId school, BadgeDefinition badge, int number, CancellationToken cancellationToken)
    {
        var at = Earlier.AddMinutes(20 * number);
        var photo = await files.PutAsync(new MemoryStream(DemoPicture.Of(number), writable: false), 1_000_000, cancellationToken);
        var submission = Submission.Start(SubmissionId.New(at), learner, school, badge, at);
        foreach (var competency in badge.Competencies)
        {
            submission = submission
                .AddEvidence(competency.Id, EvidenceItem.OfText(NewId.Ordered(at), $"How I did it: {competency.Name}", $"What I did for this skill, step by step, on try {number + 1}.", at), at);
            submission = Chosen(competency)
                .Aggregate(submission, (work, option) => work.AddEvidence(
                    competency.Id, EvidenceItem.OfText(NewId.Ordered(at), option.Label, $"What it shows and how it was measured, on try {number + 1}.", at) with { OptionId = option.Id }, at))
                .Reflect(badge, competency.Id, competency.RequiredLevel, "I checked it twice.", null, at);
        }

        return submission.AddEvidence(
            badge.Competencies[0].Id, EvidenceItem.OfFile(NewId.Ordered(at), "Photo of the work", $"photo-{number + 1}.png", photo, "image/png", at), at);
    }

    // Where the board asks for several choices, as many as it asks for.
    private static IEnumerable<EvidenceOption> Chosen(Competency competency) => competency.ChooseAtLeast == 1
        ? []
        : competency.EvidenceOptions.Where(option => option.Kind is not (EvidenceKind.Certificate or EvidenceKind.Log)).Take(competency.ChooseAtLeast);

    // Who has turned in nothing has begun something.
    private async Task BeginAsync(int number, CancellationToken cancellationToken)
    {
        var badge = await store.CurrentVersionAsync("food-safety", cancellationToken);
        foreach (var (school, learners) in students)
        {
            foreach (var learner in learners.Skip(school == "westfield-high" ? PendingLearners : DecidedLearners))
            {
                await store.CommitAsync(
                    new Changes().Add(SubmissionDocuments.Kind, await PrepareAsync(learner, organizations[school].Id, badge, number++, cancellationToken)), cancellationToken);
            }
        }
    }

    private async Task DecideSomeAsync(int number, CancellationToken cancellationToken)
    {
        (string School, string Teacher, string Badge)[] earned =
        [
            ("summit-high", "mr.lund", "bookkeeping-cycle"), ("eastridge-high", "mr.chen", "graphic-design"), ("northgate-high", "ms.okafor", "video-production"),
            ("river-valley-cte", "ms.haddad", "smaw-fillet"), ("open-sky-academy", "mr.silva", "web-accessibility"),
        ];
        foreach (var (school, teacher, badge) in earned)
        {
            foreach (var learner in students[school].Take(DecidedLearners))
            {
                var submission = await TurnInAsync(learner, organizations[school].Id, badge, number++, cancellationToken);
                var outcome = number % 5 == 0 ? DecisionOutcome.Returned : DecisionOutcome.Approved;
                await decisions.DecideAsync(
                    new(people[teacher]), submission.Id, new(1, outcome, [], outcome == DecisionOutcome.Returned ? "Please show the second part as well." : null), null, null, cancellationToken);
            }
        }
    }

    private DateTimeOffset Earlier => clock.Now().AddDays(-30);

    // Next school year: until then the family has its say, and links need two.
    private DateOnly Eighteenth => DateOnly.FromDateTime(clock.Now().UtcDateTime).AddDays(300);

    private DateOnly? EighteenthOf(DemoPerson person) => person switch
    {
        { Role: not Role.Student } => null,

        // Sixteen.
        { Login: "nia" or "nia.college" } => Eighteenth.AddYears(1),
        _ => Eighteenth,
    };

    private PersonId Add(Changes changes, string login, string name, string organization, Role role, DateOnly? rightsPassOn = null)
    {
        var person = Person.Named(PersonId.New(clock.Now()), name) with { RightsPassOn = rightsPassOn };
        changes
            .Add(PersonDocuments.Kind, person)
            .Add(AccountDocuments.Kind, new(person.Id, LoginName.Parse(login).Text, passwordHash))
            .Add(MembershipDocuments.Kind, new(MembershipId.New(clock.Now()), person.Id, organizations[organization].Id, role, Earlier));
        return person.Id;
    }
}
