using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.Evidence;
using SkillBadges.App.Review;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Passes;
using SkillBadges.Core.Evidence.Papers;
using SkillBadges.Core.Evidence.Assessors;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests;

/// <summary>One running district for all classes that only add to it.</summary>
[CollectionDefinition(Name)]
public sealed class DistrictCollection : ICollectionFixture<TestDistrict>
{
    public const string Name = "district";
}

/// <summary>A student: who, signed in, and in whose class.</summary>
internal sealed record TestLearner(PersonId Person, HttpClient Client);

/// <summary>
/// Two schools and a market with everybody that the rules tell apart, and the badges that come with the program. Each test makes
/// learners of its own, so that tests do not meet.
/// </summary>
public sealed class TestDistrict : IAsyncLifetime
{
    /// <summary>A badge that teachers and supervisors decide, good for 36 months.</summary>
    internal const string Badge = "bookkeeping-cycle";

    /// <summary>A badge that only a supervisor decides.</summary>
    internal const string SupervisedBadge = "customer-service";

    /// <summary>A badge that a supervisor may sign beside the teacher.</summary>
    internal const string CoSignedBadge = "smaw-fillet";

    public TestDistrict()
        : this(new())
    {
    }

    /// <summary>Over an application that the caller starts, <see cref="PopulateAsync">fills</see> and ends.</summary>
    internal TestDistrict(TestApp app) => App = app;

    internal TestApp App { get; }

    internal OrganizationId West { get; private set; }

    internal OrganizationId East { get; private set; }

    internal OrganizationId Market { get; private set; }

    internal PersonId Teacher { get; private set; }

    internal PersonId SecondTeacher { get; private set; }

    /// <summary>Teaches at West, but none of the learners.</summary>
    internal PersonId UnassignedTeacher { get; private set; }

    internal PersonId EastTeacher { get; private set; }

    internal PersonId Supervisor { get; private set; }

    internal PersonId WestRegistrar { get; private set; }

    internal PersonId EastRegistrar { get; private set; }

    internal BadgeDefinition Definition { get; private set; } = null!;

    internal IDocumentStore Store => App.Store;

    public async Task InitializeAsync()
    {
        await App.InitializeAsync();
        await PopulateAsync();
    }

    internal async Task PopulateAsync()
    {
        await App.ShipAsync();
        Definition = await Store.CurrentVersionAsync(Badge, CancellationToken.None);
        (West, East, Market) = (await FoundAsync(OrganizationKind.HighSchool), await FoundAsync(OrganizationKind.HighSchool), await FoundAsync(OrganizationKind.Employer));
        Teacher = await App.PersonAsync(West, Role.Teacher);
        SecondTeacher = await App.PersonAsync(West, Role.Teacher);
        UnassignedTeacher = await App.PersonAsync(West, Role.Teacher);
        EastTeacher = await App.PersonAsync(East, Role.Teacher);
        Supervisor = await App.PersonAsync(Market, Role.Supervisor);
        WestRegistrar = await App.PersonAsync(West, Role.Registrar);
        EastRegistrar = await App.PersonAsync(East, Role.Registrar);

        // The supervisor may sign welding beside a teacher.
        var now = App.Clock.Now();
        var inspector = new Qualification(QualificationId.New(now), Supervisor, "welding-inspector", "CWI-1", "A welding society", null, West, "Seen on the society's register.", WestRegistrar, now);
        await Store.CommitAsync(new Changes().Add(QualificationDocuments.Kind, inspector), CancellationToken.None);
    }

    public Task DisposeAsync() => App.DisposeAsync().AsTask();

    internal Task<HttpClient> AsAsync(PersonId person) => App.AsAsync(person);

    /// <summary>A student of West, in a class that <see cref="Teacher"/> and <see cref="SecondTeacher"/> teach.</summary>
    internal Task<TestLearner> LearnerAsync() => LearnerAsync(West, Teacher, SecondTeacher);

    internal async Task<TestLearner> LearnerAsync(OrganizationId school, params PersonId[] teachers)
    {
        var learner = await App.PersonAsync(school, Role.Student);
        await ClassAsync(school, learner, teachers);
        return new(learner, await AsAsync(learner));
    }

    internal Task ClassAsync(OrganizationId school, PersonId learner, params PersonId[] teachers)
    {
        var section = new ClassSection(ClassSectionId.New(App.Clock.Now()), school, "Career studies", App.Clock.Now()) { Teachers = [.. teachers], Students = [learner] };
        return Store.CommitAsync(new Changes().Add(ClassSectionDocuments.Kind, section), CancellationToken.None);
    }

    /// <summary>The learner works at the market under <see cref="Supervisor"/>.</summary>
    internal async Task<Placement> PlaceAsync(PersonId learner, params string[] badges)
    {
        var placement = new Placement(PlacementId.New(App.Clock.Now()), learner, West, Market, Supervisor, App.Clock.Now(), App.Clock.Now().AddDays(90)) { Badges = [.. badges] };
        await Store.CommitAsync(
            new Changes()
                .Add(PlacementDocuments.Kind, placement)
                .Add(PaperDocuments.Kind, new(placement.Id, WestRegistrar) { Agreement = new("Training agreement", null) })
                .Add(PassDocuments.Kind, new(placement.Id, Supervisor, West, Destination.Parse(Channel.Mail, "sam@market.example"), OneTimeLink.HashOf(NewId.Random()), App.Clock.Now())),
            CancellationToken.None);
        return placement;
    }

    internal async Task EndPlacementAsync(Placement placement)
    {
        var read = (await Store.FindAsync(PlacementDocuments.Kind, placement.Id.Value, CancellationToken.None))!;
        await Store.CommitAsync(new Changes().Replace(PlacementDocuments.Kind, read, read.Document.End(App.Clock.Now())), CancellationToken.None);
    }

    /// <summary>Ends every role that the person has at this organization.</summary>
    internal async Task DismissAsync(PersonId person, OrganizationId organization)
    {
        var memberships = await Store.QueryAsync(MembershipDocuments.Kind, MembershipDocuments.ByPersonAt.Where(person.Value, organization.Value).Take(10), CancellationToken.None);
        var changes = new Changes();
        foreach (var read in memberships.Items)
        {
            changes.Replace(MembershipDocuments.Kind, read, read.Document.End(App.Clock.Now()));
        }

        await Store.CommitAsync(changes, CancellationToken.None);
    }

    internal async Task<PersonId> GuardianAsync(PersonId learner)
    {
        var guardian = await App.PersonAsync(West, Role.Guardian);
        var guardianship = new Guardianship(GuardianshipId.New(App.Clock.Now()), guardian, learner, West, GuardianshipProof.SchoolRecord, App.Clock.Now());
        await Store.CommitAsync(new Changes().Add(GuardianshipDocuments.Kind, guardianship), CancellationToken.None);
        return guardian;
    }

    /// <summary>The id of a notice to this person.</summary>
    internal async Task<string> NotifiedAsync(PersonId person)
    {
        var changes = new Changes().Notify(person, NoticeKind.DueSoon, "something", App.Clock.Now());
        await Store.CommitAsync(changes, CancellationToken.None);
        return changes.Documents[0].Id;
    }

    /// <summary>An empty draft, begun over HTTP.</summary>
    internal async Task<SubmissionView> DraftAsync(TestLearner learner, string badge = Badge)
    {
        using var answer = await learner.Client.PostAsync("/api/submissions", new { organization = West.Value, badge });
        return await answer.ReadAsync<SubmissionView>();
    }

    /// <summary>A draft that is complete, one text for each skill; put into the store in one commit.</summary>
    internal async Task<SubmissionId> CompleteDraftAsync(PersonId learner, string badge = Badge) => (await SeedAsync(learner, badge, turnIn: false)).Id;

    /// <summary>Work that waits for a decision.</summary>
    internal async Task<SubmissionId> TurnedInAsync(PersonId learner, string badge = Badge) => (await SeedAsync(learner, badge, turnIn: true)).Id;

    /// <summary>Says in the plan of the last return what will be done, over HTTP.</summary>
    internal static async Task PlanAsync(HttpClient learner, SubmissionId submission)
    {
        using var read = await learner.GetAsync(new Uri($"/api/submissions/{submission}", UriKind.Relative));
        var plan = (await read.ReadAsync<SubmissionView>()).Plans[^1];
        using var answer = await learner.SendJsonAsync(
            HttpMethod.Put,
            $"/api/submissions/{submission}/plans/{plan.Attempt}",
            new { steps = plan.Steps.Select(step => new { competency = step.Competency, action = "Practice it on Thursday.", by = "2026-12-03" }) });
        await answer.ReadAsync<SubmissionView>();
    }

    /// <summary>Work that is approved by <see cref="Teacher"/>, with its award.</summary>
    internal async Task<(SubmissionId Submission, DecisionAnswer Answer)> ApprovedAsync(PersonId learner, string badge = Badge)
    {
        var submission = await TurnedInAsync(learner, badge);
        using var teacher = await AsAsync(Teacher);
        using var answer = await teacher.PostAsync($"/api/submissions/{submission}/decisions", Approval);
        return (submission, await answer.ReadAsync<DecisionAnswer>());
    }

    internal static object Approval => new { attempt = 1, outcome = "approved" };

    internal static async Task<string> CredentialAsync(HttpClient learner, string award, string form) =>
        await learner.GetStringAsync(new Uri($"/api/awards/{award}/credential?form={form}", UriKind.Relative));

    /// <summary>The submission as it stands in the store, with its version.</summary>
    internal async Task<Read<Submission>> StoredAsync(SubmissionId submission) => (await Store.FindAsync(SubmissionDocuments.Kind, submission.Value, CancellationToken.None))!;

    private async Task<Submission> SeedAsync(PersonId learner, string badgeSlug, bool turnIn)
    {
        var badge = await Store.CurrentVersionAsync(badgeSlug, CancellationToken.None);
        var at = App.Clock.Now();
        var submission = Submission.Start(SubmissionId.New(at), learner, West, badge, at);
        foreach (var competency in badge.Competencies)
        {
            submission = submission.AddEvidence(competency.Id, EvidenceItem.OfText(NewId.Ordered(at), "How I did it", string.Create(CultureInfo.InvariantCulture, $"Step by step: {competency.Name}."), at), at);
            submission = competency.EvidenceOptions.Where(option => competency.ChooseAtLeast > 1 && option.Kind != EvidenceKind.Certificate).Take(competency.ChooseAtLeast).Aggregate(
                submission, (work, option) => work.AddEvidence(competency.Id, EvidenceItem.OfText(NewId.Ordered(at), option.Label, "As the choice says.", at) with { OptionId = option.Id }, at));
        }

        var photo = await App.Services.GetRequiredService<IFileStore>().PutAsync(new MemoryStream(Guid.NewGuid().ToByteArray()), 100, CancellationToken.None);
        submission = submission.AddEvidence(badge.Competencies[0].Id, EvidenceItem.OfFile(NewId.Ordered(at), "A photo", "photo.png", photo, "image/png", at), at);
        var changes = new Changes();
        if (turnIn)
        {
            submission = submission.Submit(new(badge, at));
            changes.Add(ReviewTaskDocuments.Kind, await App.Services.GetRequiredService<ReviewQueue>().TaskAsync(submission, badge, CancellationToken.None));
        }

        await Store.CommitAsync(changes.Add(SubmissionDocuments.Kind, submission), CancellationToken.None);
        return submission;
    }

    // Badges are signed at once here; the tests of undoing set a window of their own.
    private async Task<OrganizationId> FoundAsync(OrganizationKind kind)
    {
        var id = (await App.OrganizationAsync(kind)).Id;
        await Store.CommitAsync(new Changes().Add(OrganizationSettingsDocuments.Kind, new(id, new() { UndoMinutes = 0 })), CancellationToken.None);
        return id;
    }
}
