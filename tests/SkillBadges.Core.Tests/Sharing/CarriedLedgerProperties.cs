using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Gradebook.Recognitions;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Sharing;

/// <summary>Something that happens at one of three instances, to one of two students, from another instance.</summary>
public sealed record CarryStep(string What, int At, int From, int Student, int Pick);

/// <summary>Three instances with a store each award, correct, revoke, let records go, take them in, and count each other's badges, in any order.</summary>
public sealed class CarriedLedgerProperties
{
    private const int Instances = 3;
    private const int Students = 2;

    [Fact]
    public void Whatever_happens_carried_entries_equal_their_origin_field_by_field_and_what_counts_elsewhere_stands_as_its_source_does()
    {
        var steps = (
            from what in Gen.Frequency((6, Gen.Constant("award")), (2, Gen.Constant("correct")), (2, Gen.Constant("revoke")), (5, Gen.Constant("transfer")), (5, Gen.Constant("old pack")), (2, Gen.Constant("bring")), (4, Gen.Constant("carry and bring")))
            from at in Gen.Choose(0, Instances - 1)
            from distance in Gen.Choose(1, Instances - 1)
            from student in Gen.Choose(0, Students - 1)
            from pick in Gen.Choose(0, 1_000)
            select new CarryStep(what, at, (at + distance) % Instances, student, pick)).ListOf(40).ToArbitrary();
        var reached = new Dictionary<string, int>(StringComparer.Ordinal);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(8).WithReplay(20261122, 815), Prop.ForAll(steps, history => PlayAsync([.. history], reached).GetAwaiter().GetResult()));

        Assert.All(["award", "correct", "revoke", "transfer", "old pack", "bring", "fell", "stands", "answered"], what => Assert.True(reached.GetValueOrDefault(what) >= 2, $"{what}: {reached.GetValueOrDefault(what)}"));
    }

    private static async Task PlayAsync(IReadOnlyList<CarryStep> steps, Dictionary<string, int> reached)
    {
        var neighborhood = new Neighborhood();
        var instances = new List<CarryingInstance>();
        try
        {
            for (var number = 0; number < Instances; number++)
            {
                instances.Add(await CarryingInstance.OpenAsync(5081 + number, Students, neighborhood));
            }

            var packs = new List<(int From, int Student, byte[] Bytes)>();
            foreach (var some in steps.SelectMany(Parts).Chunk(4))
            {
                foreach (var step in some)
                {
                    if (await StepAsync(instances, packs, step))
                    {
                        Count(reached, step.What);
                    }
                }

                await HoldsAsync(instances);
            }

            await SettleAsync(instances, reached);
        }
        finally
        {
            instances.ForEach(instance => instance.Dispose());
        }
    }

    private static IEnumerable<CarryStep> Parts(CarryStep step) => step.What == "carry and bring" ? [step with { What = "transfer" }, step with { What = "bring" }] : [step];

    private static async Task<bool> StepAsync(IReadOnlyList<CarryingInstance> instances, List<(int From, int Student, byte[] Bytes)> packs, CarryStep step)
    {
        var (at, from, student) = (instances[step.At], instances[step.From], CarryingInstance.Student(step.Student));
        var work = await at.WorkAsync(step.Student);
        var live = (await at.District.AwardsAsync(student)).LastOrDefault(award => award.IsLive);
        switch (step.What)
        {
            case "award" when work is null or { State: SubmissionState.Draft }:
                await at.AwardAsync(step.Student, work);
                return true;
            case "correct" when work is not null && live is not null:
                await at.CorrectAsync(work);
                return true;
            case "revoke" when live is not null:
                await at.RevokeAsync(live.Id);
                return true;
            case "transfer" when (await from.District.ChainAsync(student)).Count > 0:
                var pack = await from.PackAsync(step.Student);
                packs.Add((step.From, step.Student, pack));
                var report = await at.TakeInAsync(step.Student, pack);
                Assert.True(report is { IsTakenIn: true, IsIssuerConfirmed: true }, string.Join(", ", report.Faults));
                return true;
            case "old pack" when packs.Count > 0:
                var old = packs[step.Pick % packs.Count];
                return old.From != step.At && (await at.TakeInAsync(old.Student, old.Bytes)).IsTakenIn;
            case "bring" when (await from.District.AwardsAsync(student)).LastOrDefault(award => award.State is AwardState.Issued or AwardState.Revoked) is { } award:
                // The record's own answer is proof enough once the issuer has given it; before, only the registrar's word is.
                var isAnswered = (await at.CarriedAsync(step.Student, from.Did)).Count > 0;
                var counted = await at.BringAsync(step.Student, await from.CredentialAsync(award), isAnswered);
                Assert.True(counted is null || counted.Owner == (isAnswered ? OwnerProof.RecordRequest : OwnerProof.Registrar));
                return counted is not null;
            default:
                return false;
        }
    }

    // At every moment: what was carried is the beginning of its origin, every field of it, and no chain is broken or mixed with another's.
    private static async Task HoldsAsync(IReadOnlyList<CarryingInstance> instances)
    {
        foreach (var (at, from, student) in Pairs(instances))
        {
            var origin = await from.District.ChainAsync(CarryingInstance.Student(student));
            var carried = await at.CarriedAsync(student, from.Did);
            Assert.Equal(origin.Take(carried.Count).Select(Json), carried.Select(entry => Json(entry.Entry)));
            Assert.Empty(LedgerChain.Check(origin));
            Assert.All(origin, entry => Assert.Equal(from.Did, entry.Facts.Issuer.Did));
        }
    }

    // Everything is carried once more and every source looked at again: then whole ledgers are equal, with their scales and words, and what was revoked counts nowhere.
    private static async Task SettleAsync(IReadOnlyList<CarryingInstance> instances, Dictionary<string, int> reached)
    {
        foreach (var instance in instances)
        {
            instance.District.Clock.Advance(RecognitionWorkflow.Recheck + TimeSpan.FromMinutes(1));
            Assert.Empty((await instance.Following.RecheckDueAsync(default)).Failed);
        }

        foreach (var (at, from, student) in Pairs(instances))
        {
            if (await from.District.ChainAsync(CarryingInstance.Student(student)) is { Count: > 0 } origin)
            {
                Assert.True((await at.TakeInAsync(student, await from.PackAsync(student))).IsTakenIn);
                var carried = (await at.CarriedAsync(student, from.Did)).Select(entry => entry.Entry).ToList();
                Assert.Equal(origin.Select(Json), carried.Select(Json));
                Assert.Empty(LedgerChain.Check(carried));
                foreach (var entry in carried)
                {
                    await SameAsync(ScaleSnapshotDocuments.Kind, entry.Facts.Scale.Digest.Hex, at, from);
                    await SameAsync(CompetencyTextDocuments.Kind, entry.Facts.Competency.StatementDigest.Hex, at, from);
                }
            }
        }

        var awards = new Dictionary<string, AwardState>(StringComparer.Ordinal);
        foreach (var (instance, student) in instances.SelectMany(instance => Enumerable.Range(0, Students).Select(student => (instance, student))))
        {
            foreach (var award in await instance.District.AwardsAsync(CarryingInstance.Student(student)))
            {
                awards[instance.District.Address.Credential(award.Credential)] = award.State;
            }
        }

        foreach (var (instance, student) in instances.SelectMany(instance => Enumerable.Range(0, Students).Select(student => (instance, student))))
        {
            var chain = await instance.District.ChainAsync(CarryingInstance.Student(student));
            var corrected = chain.Select(entry => entry.Facts.Corrects).OfType<string>().ToHashSet(StringComparer.Ordinal);
            foreach (var found in await instance.CasesAsync(student))
            {
                var stands = awards[found.Source.CredentialId] == AwardState.Issued;
                Count(reached, stands ? "stands" : "fell");
                Count(reached, found.Owner == OwnerProof.RecordRequest ? "answered" : "said");
                Assert.Equal(stands ? RecognitionState.Recognized : RecognitionState.Fallen, found.State);
                Assert.All(found.Skills, skill => Assert.Equal(!stands, corrected.Contains(skill.EntryId!)));
                Assert.All(chain.Where(entry => found.Skills.Any(skill => skill.EntryId == entry.Id)), entry => Assert.Equal(found.Source.Issuer, entry.Facts.Recognized!.Issuer));
            }
        }
    }

    private static async Task SameAsync<T>(DocumentKind<T> kind, string id, CarryingInstance at, CarryingInstance from)
        where T : class => Assert.Equal(Json((await from.District.Store.GetAsync(kind, id, "snapshot", default)).Document), Json((await at.District.Store.GetAsync(kind, id, "snapshot", default)).Document));

    private static IEnumerable<(CarryingInstance At, CarryingInstance From, int Student)> Pairs(IReadOnlyList<CarryingInstance> instances) =>
        from at in instances from other in instances where at != other from student in Enumerable.Range(0, Students) select (at, other, student);

    private static void Count(Dictionary<string, int> reached, string what) => reached[what] = reached.GetValueOrDefault(what) + 1;

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, DocumentJson.Options);
}
