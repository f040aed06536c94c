using SkillBadges.Core.Evidence;
using SkillBadges.Core.Gradebook.Recognitions;
using SkillBadges.Core.Gradebook.Trust;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Core.Issuing.Presentations;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Mastery.Crosswalks;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Sharing.Transfers;
using SkillBadges.Core.Sharing.Transfers.Carried;
using SkillBadges.Core.Sharing.Transfers.Packs;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials;
using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.Core.Tests.Sharing;

/// <summary>One of several instances, each with a store and an address of its own, that reach each other's keys and lists and nothing else.</summary>
internal sealed class CarryingInstance : IDisposable
{
    private readonly TransferWorkflow transfers;
    private readonly PackMaking packs;
    private readonly PackImport imports;
    private readonly RecognitionWorkflow bringing;
    private readonly RecognitionDecisions deciding;
    private readonly StatusListPublisher publisher;
    private readonly Actor registrar = new(PersonId.From("registrar"));

    private CarryingInstance(District district, Neighborhood neighborhood)
    {
        District = district;
        var (store, commits, authority, address, clock) = (district.Store, district.Commits, district.Authority, district.Address, district.Clock);
        publisher = new(commits, district.Keys, address, clock);
        Documents = new(store, district.Keys, address);
        Lists = new(publisher, address, (_, _) => ValueTask.FromResult(Fetched.NotFound));
        packs = new(store, district.Files, district.Keys, address, clock);
        transfers = new(commits, new(store, new(store, clock), authority, clock), authority, packs, clock);
        imports = new(commits, authority, new(neighborhood, address, clock), district.Files, clock);
        var verifier = new InstanceVerifier(new(neighborhood, neighborhood.FetchAsync, (_, _) => ValueTask.FromResult<TrustedIssuer?>(null), clock), new(store, district.Keys, address));
        var sources = new SourceReading(store, verifier, new PresentationWorkflow(commits, verifier, address, clock), address);
        var record = new RecognitionRecord(store, new(store, clock), address, clock);
        var trust = new TrustWorkflow(commits, authority, district.Settings, address, clock);
        bringing = new(commits, authority, sources, new(store, trust, new CrosswalkReading(store, authority, district.Settings, clock), new(store), clock), record);
        deciding = new(commits, authority, new(store, clock), sources, record);
        Following = new(commits, sources, record);
    }

    public District District { get; }

    public IssuerDocuments Documents { get; }

    public InstanceStatusLists Lists { get; }

    public RecognitionFollowing Following { get; }

    public string Did => District.Address.DidOf("west-high");

    public static Actor Student(int number) => new(PersonId.From($"learner-{number}"));

    public static async Task<CarryingInstance> OpenAsync(int port, int students, Neighborhood neighborhood)
    {
        var instance = new CarryingInstance(await District.OpenAsync(InstanceAddress.Parse($"http://localhost:{port}")), neighborhood);
        await instance.District.AppointAsync(instance.registrar, instance.District.West, Role.Registrar);
        for (var number = 0; number < students; number++)
        {
            await instance.District.EnrollAsync(Student(number), instance.District.West);
            await instance.District.TeachAsync(instance.District.Teacher, Student(number));
        }

        neighborhood.Add(instance);
        return instance;
    }

    /// <summary>Approves work, a first time or once more after it was returned, and signs the badge.</summary>
    public async Task AwardAsync(int student, Submission? returned)
    {
        var work = returned is null ? await District.TurnInAsync(Student(student)) : await District.TryAgainAsync(returned, Student(student));
        await District.Finisher.FinishAsync((await District.ApproveAsync(District.Teacher, work)).Award!.Credential, default);
    }

    public async Task CorrectAsync(Submission approved) => await District.Corrections.CorrectAsync(
        District.Teacher, approved.Id, approved.LastAttempt!.Decisions[^1].Id, new(approved.LastAttempt.Number, DecisionOutcome.Returned, [new("filing", "developing", null)], "Not yet."), "The wrong part.", null, null, default);

    public Task RevokeAsync(AwardId award) => District.Statuses.RevokeAsync(registrar, award, "Not the student's own work.", null, default);

    public async Task<Submission?> WorkAsync(int student) =>
        (await District.Store.QueryAsync(SubmissionDocuments.Kind, SubmissionDocuments.ByLearner.Where(Student(student).Person.Value).Take(5), default)).Documents.SingleOrDefault();

    public async Task<byte[]> PackAsync(int student)
    {
        var asked = await transfers.AskAsync(registrar, new(District.West, null, "Another school", null, DisclosureBasis.Enrollment, "By letter.", null), null, default);
        await transfers.ReleaseAsync(registrar, asked.Document.Id, Student(student).Person, withEvidence: true, null, null, default);
        using var bytes = new MemoryStream();
        await packs.WriteAsync(await transfers.FetchAsync(registrar, asked.Document.Id, default), bytes, default);
        return bytes.ToArray();
    }

    public Task<PackReport> TakeInAsync(int student, byte[] pack) => imports.TakeInAsync(registrar, District.West, Student(student).Person, pack, default);

    public async Task<string> CredentialAsync(Award award) => (await District.Store.GetAsync(SignedCredentialDocuments.Kind, award.Credential.Value, "credential", default)).Document.Form(SignedForm.EddsaRdfc2022)!.Text;

    /// <summary>A badge of another instance is brought and counted by the office; null where it was refused.</summary>
    /// <param name="isAnswered">Whether the record shows whose it is; else the registrar's word has to.</param>
    public async Task<RecognitionCase?> BringAsync(int student, string credential, bool isAnswered)
    {
        try
        {
            var brought = await bringing.BringFileAsync(registrar, new(District.West, Student(student).Person, null), System.Text.Encoding.UTF8.GetBytes(credential), null, default);
            var acceptance = new Acceptance(District.Badge.Slug, [new("filing", "proficient"), new("tapping", "advanced")], "The same work.", isAnswered ? null : "The office asked.");
            return (await deciding.AcceptAsync(registrar, brought[0].Case!.Document.Id, acceptance, null, null, default)).Document;
        }
        catch (RefusedException refused) when (refused.Code is "recognition.exists" or "recognition.taken-back")
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<CarriedEntry>> CarriedAsync(int student, string did) =>
        [.. (await District.Store.QueryAsync(CarriedEntryDocuments.Kind, CarriedEntryDocuments.ByLearner.Where(Student(student).Person.Value).Take(500), default)).Documents.Where(entry => entry.FromDid == did).OrderBy(entry => entry.Entry.Sequence)];

    public async Task<IReadOnlyList<RecognitionCase>> CasesAsync(int student) =>
        [.. (await District.Store.QueryAsync(RecognitionDocuments.Kind, RecognitionDocuments.ByLearner.Where(Student(student).Person.Value).Take(500), default)).Documents];

    public void Dispose() => District.Dispose();
}

/// <summary>The network between the instances: public keys and public lists.</summary>
internal sealed class Neighborhood : IDidResolver
{
    private readonly List<CarryingInstance> instances = [];

    public void Add(CarryingInstance instance) => instances.Add(instance);

    public async ValueTask<DidResolution> ResolveAsync(string did, CancellationToken cancellationToken) =>
        instances.FirstOrDefault(instance => instance.Did == did) is { } found && await found.Documents.FindAsync(did, cancellationToken) is { } document
            ? DidResolution.Resolved(document)
            : DidResolution.Failed(DidResolutionStatus.NotFound);

    public async ValueTask<Fetched> FetchAsync(Uri url, CancellationToken cancellationToken) =>
        instances.FirstOrDefault(instance => url.OriginalString.StartsWith(instance.District.Address.BaseUrl + "/", StringComparison.Ordinal)) is { } found
            ? await found.Lists.FetchAsync(url, cancellationToken)
            : Fetched.NotFound;
}
