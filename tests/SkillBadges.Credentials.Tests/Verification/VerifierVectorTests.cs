using SkillBadges.Credentials.Tests.Verification.Vectors;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.Credentials.Tests.Verification;

public sealed class VerifierVectorTests
{
    private static readonly VerifierVector[] vectors =
    [
        .. Named("token", TokenVectors.All()), .. Named("key", KeyVectors.All()), .. Named("claims", ClaimVectors.All()),
        .. Named("status", StatusVectors.All()), .. Named("shape", ShapeVectors.All()),
    ];

    public static TheoryData<int, string> Vectors
    {
        get
        {
            var data = new TheoryData<int, string>();
            for (var number = 0; number < vectors.Length; number++)
            {
                var name = vectors[number].Name;
                data.Add(number, name.Length > 80 ? name[..80] : name);
            }

            return data;
        }
    }

    [Fact]
    public void There_are_300_vectors_and_70_percent_of_them_must_be_refused()
    {
        var refused = vectors.Count(vector => vector.Verdict != Verdict.Valid);
        Assert.True(vectors.Length >= 300, $"{vectors.Length} vectors");
        Assert.True(refused >= vectors.Length * 0.7, $"{refused} of {vectors.Length} refused");
        Assert.Empty(vectors.GroupBy(vector => vector.Name).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task Each_comes_out_as_it_must(int number, string name)
    {
        Assert.NotEmpty(name);
        var vector = vectors[number];
        var world = new VerifierWorld();
        var report = await world.VerifyAsync(vector.Make(world));
        Assert.Equal((vector.Verdict, vector.Code), (report.Verdict, report.Code));
        if (vector.Code != VerificationCheck.Ok)
        {
            Assert.Equal(vector.Code, report[vector.Check].Code);
        }

        // Before the signature holds, nothing but the issuer's own document was asked for.
        if (!report.SignatureHolds)
        {
            Assert.All(world.Asked, url => Assert.Equal(VerifierWorld.SchoolDocument, url));
        }
    }

    private static IEnumerable<VerifierVector> Named(string group, IEnumerable<VerifierVector> vectors) =>
        vectors.Select(vector => vector with { Name = $"{group}: {vector.Name}" });
}
