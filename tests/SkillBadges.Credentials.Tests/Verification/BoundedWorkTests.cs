using System.Text.Json.Nodes;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.StatusLists;
using SkillBadges.Credentials.Tests.Proofs;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.Credentials.Tests.Verification;

/// <summary>What strangers send is worked on up to a bound that is counted, so that the answer is the same on an idle machine and on a busy one.</summary>
public sealed class BoundedWorkTests
{
    private static readonly DataIntegrity integrity = new(KnownContexts.Library);

    private readonly VerifierWorld world = new();

    [Fact]
    public async Task A_sound_record_holds_however_slow_the_machine_is()
    {
        world.TimePerWork = TimeSpan.FromSeconds(0.9);
        var report = await world.VerifyAsync(Presented(Enumerable.Range(0, 20).Select(_ => Signed())));
        Assert.Equal(Verdict.Valid, report.Verdict);
        Assert.Equal(20, report.Inner.Length);
    }

    [Fact]
    public async Task Statuses_on_a_slow_machine_are_read_as_well()
    {
        world.TimePerWork = TimeSpan.FromSeconds(0.9);
        var report = await world.VerifyAsync(VerifierWorld.Issue(json =>
            json["credentialStatus"] = new JsonArray([.. Enumerable.Range(0, 4).Select(index => VerifierWorld.Entry(VerifierWorld.RevocationList, "revocation", $"{index}"))])));
        Assert.Equal(Verdict.Valid, report.Verdict);
    }

    [Fact]
    public async Task Nothing_goes_on_for_ever_by_the_clock()
    {
        world.TimePerWork = TimeSpan.FromSeconds(6);
        var report = await world.VerifyAsync(Presented(Enumerable.Range(0, 10).Select(_ => Signed())));
        Assert.Equal(4, report.Inner.Count(inner => inner.Report.Verdict == Verdict.Valid));
        Assert.Equal(6, report.Inner.Count(inner => inner.Report.Code == "too-much-work"));
        Assert.Equal(Verdict.CouldNotBeChecked, report.Verdict);
    }

    [Fact]
    public async Task Documents_that_are_made_to_be_hard_are_given_up_on_after_so_many()
    {
        var report = await world.VerifyAsync(Presented(Enumerable.Range(0, 16).Select(_ => Hard())));
        Assert.All(report.Inner.Take(12), inner => Assert.Equal("proof.document-unprocessable", inner.Report.Code));
        Assert.All(report.Inner.Skip(12), inner => Assert.Equal("too-much-work", inner.Report.Code));
    }

    [Fact]
    public void A_document_whose_canonical_form_would_be_many_times_its_size_is_refused_before_it_is_written()
    {
        var credential = SampleCredential.Object();
        credential["evidence"] = new JsonObject
        {
            ["id"] = "urn:" + new string('x', 100_000),
            ["type"] = new JsonArray("Evidence"),
            ["https://north.example/of"] = new JsonArray([.. Enumerable.Range(0, 20_000).Select(number => (JsonNode)number)]),
        };
        var fault = Assert.Throws<MalformedException>(() => TestProofs.Sign(TestProofs.Bytes(credential), Cryptosuites.EddsaRdfc2022, VerifierWorld.Ed25519Key));
        Assert.Equal("rdf.too-large", fault.Code);
    }

    [Fact]
    public void A_large_status_list_counts_for_more_than_a_usual_one()
    {
        var (usual, large) = (BitstringStatusList.Create(BitstringStatusList.LeastEntries, 1).Encode(), BitstringStatusList.Create(BitstringStatusList.MaxBytes * 8L, 1).Encode());
        Assert.InRange(Counted(usual), 2_000, 4_000);
        Assert.InRange(Counted(large), 2_000_000, 2_200_000);
        Assert.Equal(Counted(large), Counted(large));
    }

    private static long Counted(string encodedList)
    {
        var before = CountedWork.Done;
        BitstringStatusList.Read(encodedList, bitsPerEntry: 1);
        return CountedWork.Done - before;
    }

    private static JsonNode Signed() => JsonNode.Parse(integrity.AddProofAsync(
        SampleCredential.Bytes(), new ProofOptions(Cryptosuites.EddsaRdfc2022), LocalSigner.For(VerifierWorld.School, VerifierWorld.Ed25519Key), CancellationToken.None).AsTask().GetAwaiter().GetResult())!;

    // Nobody can sign one: it is signed and then made hard, and before a signature is looked at the document has to be read.
    private static JsonNode Hard()
    {
        var document = Signed();
        document["https://north.example/shop"] = new JsonArray(
        [
            .. Enumerable.Range(0, 12).Select(from => new JsonObject
            {
                ["id"] = $"_:n{from}",
                ["https://north.example/near"] = new JsonArray([.. Enumerable.Range(0, 12).Where(to => to != from).Select(to => new JsonObject { ["id"] = $"_:n{to}" })]),
            }),
        ]);
        return document;
    }

    private static string Presented(IEnumerable<JsonNode> credentials) => new JsonObject
    {
        ["@context"] = "https://www.w3.org/ns/credentials/v2",
        ["type"] = "VerifiablePresentation",
        ["verifiableCredential"] = new JsonArray([.. credentials]),
    }.ToJsonString();
}
