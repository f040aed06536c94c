using SkillBadges.Core.Bulk;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Assessors;
using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Evidence.Passes;
using SkillBadges.Core.Evidence.Peers;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Tests.Definitions;
using SkillBadges.Core.Tests.Evidence;
using SkillBadges.Storage.Sqlite;
using SkillBadges.Storage.Sqlite.Files;

namespace SkillBadges.Core.Tests;

/// <summary>Two schools, an employer and their people on a real store: what the tests of workflows act in.</summary>
internal sealed class District : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("skillbadges-").FullName;
    private readonly SqliteStore sqlite;
    private readonly InterruptedStore store;
    private readonly IssuerKeys keys;
    private readonly StatusIndexes indexes;

    private District(InstanceAddress address)
    {
        Address = address;
        sqlite = SqliteStore.Open(folder, AllDocumentKinds.OfCore, Clock, CancellationToken.None);
        store = new(sqlite);
        Files = FolderFileStore.Open(folder);
        Commits = new(store, Clock);
        Authority = new(store, Clock);
        keys = new(Commits, new KeyEncryptionKey(new byte[KeyEncryptionKey.KeyBytes]), Address, Clock);
        indexes = new(Commits, Clock);
        var assignments = new Assignments(store, Authority, Clock);
        var record = new DecisionRecord(store, new LedgerWriter(store, Clock), new Issuance(store, indexes, Address, Clock), Address, Clock);
        var correction = new AwardCorrection(store);
        Statuses = new(Commits, Authority, correction, Clock);
        TurnIns = new(store, new(store), Clock);
        Settings = new(store);
        Queue = new(Commits, Authority, Settings, Clock);
        var (usage, limits) = (new EvidenceUsage(store, Settings), new EvidenceLimits(100_000_000, IsScanned: false));
        Submissions = new(Commits, Authority, TurnIns, Queue, new(usage, new(Commits, usage, limits, Clock)), Clock);
        Decisions = new(Commits, assignments, record, Clock);
        Bulk = new(Commits, new(indexes, Address, Clock), Clock);
        Rows = new(new(indexes, Address, Clock), Address, Clock);
        Arriving = FolderPartialFiles.Open(Path.Combine(folder, "uploads"));
        Observations = new(Commits, assignments, Authority, record, Clock);
        SeenCorrections = new(Commits, assignments, record, Clock);
        Sheets = new(store, new(store, Authority, Clock), Authority, Clock);
        Efforts = new(store, Authority);
        Moderations = new(Commits, assignments, Authority, Clock);
        Undo = new(Commits, assignments, record, Queue, Clock);
        Corrections = new(Commits, assignments, record, correction, Clock);
        Assignments = new(Commits, Authority, Clock);
        Delegations = new(Commits, Authority, Clock);
        Qualifications = new(Commits, Authority, Clock);
        Relations = new(Commits, Authority, Clock);
        Guardianships = new(Commits, Authority, Clock);
        Finisher = new(Commits, keys, Clock);
        Joins = new(Commits, Authority, Clock);
        Gradebook = new(store, Authority, new(store, Clock), Address, Clock);
        Reading = new(store, Authority, assignments, new(store, Clock), Clock);
        var classmates = new Classmates(store, Authority, Settings, Clock);
        PeerReading = new(store, Authority, new(store, Authority, Clock), assignments, classmates);
        PeerReviews = new(Commits, Authority, classmates, PeerReading, Clock);
    }

    public static BadgeDefinition Badge { get; } = Badges.Bench().Publish(1) with { Review = new([ReviewerRole.Teacher, ReviewerRole.Supervisor], SupervisorMode.Sole) };

    public ShiftedClock Clock { get; } = new();

    public IDocumentStore Store => store;

    public Commits Commits { get; }

    public Authority Authority { get; }

    public InstanceAddress Address { get; }

    public IssuerKeys Keys => keys;

    public IFileStore Files { get; }

    public StatusWorkflow Statuses { get; }

    public TurnInReading TurnIns { get; }

    public SubmissionWorkflow Submissions { get; }

    public DecisionWorkflow Decisions { get; }

    public CorrectionWorkflow Corrections { get; }

    public ObservationWorkflow Observations { get; }

    public SeenCorrectionWorkflow SeenCorrections { get; }

    public SignOffSheetReading Sheets { get; }

    public EffortReading Efforts { get; }

    public ModerationWorkflow Moderations { get; }

    public UndoWorkflow Undo { get; }

    public BulkDecisionWorkflow Bulk { get; }

    public BulkWorks Rows { get; }

    public IPartialFiles Arriving { get; }

    public StandingAssignmentWorkflow Assignments { get; }

    public DelegationWorkflow Delegations { get; }

    public QualificationWorkflow Qualifications { get; }

    public DeclaredRelationWorkflow Relations { get; }

    public GuardianshipWorkflow Guardianships { get; }

    public ReviewQueue Queue { get; }

    public StatusIndexes Indexes => indexes;

    public EffectiveSettings Settings { get; }

    public IssuanceFinisher Finisher { get; }

    public JoinWorkflow Joins { get; }

    public GradebookReading Gradebook { get; }

    public SubmissionReading Reading { get; }

    public PeerReviewReading PeerReading { get; }

    public PeerReviewWorkflow PeerReviews { get; }

    public OrganizationId West { get; } = OrganizationId.From("west");

    public OrganizationId East { get; } = OrganizationId.From("east");

    public OrganizationId Employer { get; } = OrganizationId.From("forge");

    public Actor Student { get; } = new(PersonId.From("student"));

    public Actor Teacher { get; } = new(PersonId.From("teacher"));

    public static Task<District> OpenAsync() => OpenAsync(InstanceAddress.Parse("http://localhost:5080"));

    /// <summary>An instance of its own, at an address of its own.</summary>
    public static async Task<District> OpenAsync(InstanceAddress address)
    {
        var district = new District(address);
        var trusting = Organization.Found(district.East, "east-high", "East High", OrganizationKind.HighSchool, null).Trust(district.Address.DidOf("west-high"));
        await district.Store.CommitAsync(
            new Changes()
                .Add(OrganizationDocuments.Kind, Organization.Found(district.West, "west-high", "West High", OrganizationKind.HighSchool, null))
                .Add(OrganizationDocuments.Kind, trusting)
                .Add(OrganizationDocuments.Kind, Organization.Found(district.Employer, "forge-works", "Forge Works", OrganizationKind.Employer, null))
                .Add(OrganizationSettingsDocuments.Kind, new(district.West, new() { UndoMinutes = 0 }))
                .Add(DefinitionDocuments.Versions, Badge)
                .Add(DefinitionDocuments.Heads, new(Badge.Slug, 1, Badge.Name, Badge.Field)),
            CancellationToken.None);
        await district.EnrollAsync(district.Student, district.West);
        await district.AppointAsync(district.Teacher, district.West, Role.Teacher);
        await district.TeachAsync(district.Teacher, district.Student);
        return district;
    }

    public Task EnrollAsync(Actor student, OrganizationId school) => AppointAsync(student, school, Role.Student);

    public async Task<Read<Membership>> AppointAsync(Actor person, OrganizationId organization, Role role)
    {
        var membership = new Membership(MembershipId.New(Clock.Now()), person.Person, organization, role, Clock.Now().AddDays(-1));
        var changes = new Changes().Add(MembershipDocuments.Kind, membership);
        if (await Store.FindAsync(PersonDocuments.Kind, person.Person.Value, CancellationToken.None) is null)
        {
            changes.Add(PersonDocuments.Kind, Person.Named(person.Person, $"Name of {person.Person.Value}"));
        }

        await Store.CommitAsync(changes, CancellationToken.None);
        return new(membership, membership.Id.Value, 1);
    }

    /// <summary>Somebody of the employer supervises the student's internship, and has its link on a device.</summary>
    public async Task<(Actor Supervisor, SupervisorPass Pass)> SuperviseByPassAsync()
    {
        var supervisor = new Actor(PersonId.From("supervisor"));
        await AppointAsync(supervisor, Employer, Role.Supervisor);
        var now = Clock.Now();
        var placement = new Placement(PlacementId.New(now), Student.Person, West, Employer, supervisor.Person, now.AddDays(-1), now.AddDays(30)) { Badges = [Badge.Slug] };
        var pass = new SupervisorPass(placement.Id, supervisor.Person, West, Destination.Parse(Channel.Mail, "sam@forge.example"), "link", now) { Devices = [new("device", now)] };
        await Store.CommitAsync(new Changes().Add(PlacementDocuments.Kind, placement).Add(PassDocuments.Kind, pass), CancellationToken.None);
        return (supervisor, pass);
    }

    public Task TeachAsync(Actor teacher, Actor student) => Store.CommitAsync(
        new Changes().Add(
            ClassSectionDocuments.Kind,
            new(ClassSectionId.New(Clock.Now()), West, "Shop 1", Clock.Now().AddDays(-1)) { Teachers = [teacher.Person], Students = [student.Person] }),
        CancellationToken.None);

    /// <summary>Something that happens after the next workflow has read what it needs and just before it commits.</summary>
    public void BeforeNextCommit(Func<Task> happens) => store.BeforeNextCommit(happens);

    public async Task<Submission> TurnInAsync(Actor? learner = null)
    {
        var student = learner ?? Student;
        var started = await Submissions.StartAsync(student, West, Badge.Slug, null, CancellationToken.None);
        foreach (var competency in Badge.Competencies)
        {
            await Submissions.AddEvidenceAsync(student, started.Document.Id, competency.Id, Works.Note(competency.Id), null, null, CancellationToken.None);
        }

        return (await Submissions.SubmitAsync(student, started.Document.Id, null, null, CancellationToken.None)).Document;
    }

    /// <summary>Says in the plan after a return what will be done, and turns the work in again.</summary>
    public async Task<Submission> TryAgainAsync(Submission returned, Actor? learner = null)
    {
        var stored = (await Submissions.OwnAsync(learner ?? Student, returned.Id, CancellationToken.None)).Document;
        var steps = stored.CurrentPlan!.Steps.Select(step => step with { Action = "Practice it on Thursday." }).ToList();
        await Submissions.TouchPlanAsync(learner ?? Student, returned.Id, stored.CurrentPlan.Attempt, steps, "An hour of practice.", null, CancellationToken.None);
        return (await Submissions.SubmitAsync(learner ?? Student, returned.Id, null, null, CancellationToken.None)).Document;
    }

    /// <summary>From now on decisions at West can be undone for so long.</summary>
    public async Task LetUndoAsync(int minutes)
    {
        var read = await Store.GetAsync(OrganizationSettingsDocuments.Kind, West.Value, "settings", CancellationToken.None);
        await Store.CommitAsync(
            new Changes().Replace(OrganizationSettingsDocuments.Kind, read, read.Document with { Values = read.Document.Values with { UndoMinutes = minutes } }), CancellationToken.None);
    }

    /// <summary>A new version of the badge, with other rules of review.</summary>
    public async Task AskAsync(Func<ReviewRule, ReviewRule> change)
    {
        var head = await Store.GetAsync(DefinitionDocuments.Heads, Badge.Slug, "badge", CancellationToken.None);
        var next = (Badge with { Review = change(Badge.Review) }).Publish(head.Document.CurrentVersion + 1);
        await Store.CommitAsync(
            new Changes().Add(DefinitionDocuments.Versions, next).Replace(DefinitionDocuments.Heads, head, head.Document with { CurrentVersion = next.Version }), CancellationToken.None);
    }

    public Task<DecisionResult> ApproveAsync(Actor assessor, Submission submission, RequestKey? key = null) =>
        Decisions.DecideAsync(assessor, submission.Id, new(submission.LastAttempt!.Number, DecisionOutcome.Approved, [], null), null, key, CancellationToken.None);

    public async Task<IReadOnlyList<MasteryEntry>> ChainAsync(Actor learner)
    {
        var page = await Store.QueryAsync(LedgerDocuments.Kind, LedgerDocuments.ChainOf(West, learner.Person).Take(500), CancellationToken.None);
        return [.. page.Documents];
    }

    public async Task<IReadOnlyList<Award>> AwardsAsync(Actor learner)
    {
        var page = await Store.QueryAsync(AwardDocuments.Kind, AwardDocuments.ByLearner.Where(learner.Person.Value).Take(500), CancellationToken.None);
        return [.. page.Documents];
    }

    public void Dispose()
    {
        indexes.Dispose();
        keys.Dispose();
        sqlite.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
