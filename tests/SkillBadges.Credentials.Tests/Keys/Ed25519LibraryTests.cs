using System.Text;
using SkillBadges.Credentials.Keys;

namespace SkillBadges.Credentials.Tests.Keys;

/// <summary>libsodium and OpenSSL answer alike to whatever a key hands them, and to what they disagree about a key hands neither.</summary>
public sealed class Ed25519LibraryTests
{
    private const string Key = "5e18d969b2af4f8c2022953891fbfc47ed77a1ab570ebc071a98d2a27a79ca31";

    /// <summary>The key above plus a point of order 8: nobody makes such a key by the rules, yet it is none of those that mean nothing.</summary>
    private const string MixedKey = "4853abff8a36d1a34392c378943025f463c5bff9bf419515faecadde19840873";

    public static TheoryData<string, string, string, bool> Signatures => new()
    {
        { Key, "a badge", "b31b20f50426242514d81b383548bd90de72fd0b8cf2382a88f9f52ce5076b2343fb2afe240d03d75d02aa63ec045b57221becc7ece20b03fab2f2eb790ed60c", true },

        // The second half plus the order of the group (RFC 8032 5.1.7 asks for the least).
        { Key, "a badge", "b31b20f50426242514d81b383548bd90de72fd0b8cf2382a88f9f52ce5076b2330cf205b3f70152f349fa106cbfe396c221becc7ece20b03fab2f2eb790ed61c", false },

        // The first half plus a point of order 8.
        { Key, "a badge", "4c261951fba9f4ba7ece40431f212269f58becc2473c54cecda0e8f1e6f9d2530b9bacc04b20239f37b7a0004b8722009b601cd9debb8dc4354223e5f8c55208", false },

        // The first half is the neutral point: the equation holds, and OpenSSL alone would take it.
        { Key, "a badge", "0100000000000000000000000000000000000000000000000000000000000000c98c56851a7a394745020652c9d84436fd57bcc9e701f8885911501b589e7c02", false },

        // The equation holds where the hash is a multiple of 8, and only there.
        { MixedKey, "a badge 13", "b31b20f50426242514d81b383548bd90de72fd0b8cf2382a88f9f52ce5076b23467409d29e8e830ab86cd22e1a7e77927de99f363428894a9fb93206ab46930f", true },
        { MixedKey, "a badge", "b31b20f50426242514d81b383548bd90de72fd0b8cf2382a88f9f52ce5076b2366c92fbb5b26b71ca942ec84f014794ed826aa47f99f467d380321b618d0c60b", false },

        // The first half is of order 8 and the equation holds.
        { MixedKey, "a badge 6", "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc052dce76ee019aa24cc93be034c1055ecf8ed6b61faf2b6f53e1bd3f6636c8e804", false },
    };

    [Theory]
    [MemberData(nameof(Signatures))]
    public void Every_library_gives_the_same_answer_to_an_unusual_signature(string key, string message, string signature, bool isGood) => Assert.All(Libraries(), library =>
        Assert.Equal(isGood, new Ed25519PublicKey(Convert.FromHexString(key), library).Verify(Encoding.UTF8.GetBytes(message), Convert.FromHexString(signature))));

    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa")]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("f1ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    public void A_key_of_small_order_or_written_otherwise_than_canonically_is_no_key(string key) =>
        Assert.Equal("key.too-weak", Assert.Throws<MalformedException>(() => new Ed25519PublicKey(Convert.FromHexString(key))).Code);

    [Fact]
    public void What_one_library_signs_every_library_signs_and_takes_and_with_any_bit_changed_none_does()
    {
        var random = new Random(20261122);
        for (var round = 0; round < 40; round++)
        {
            var (seed, message) = (new byte[32], new byte[random.Next(0, 200)]);
            random.NextBytes(seed);
            random.NextBytes(message);
            var signed = Libraries().Select(library =>
            {
                using var key = Ed25519PrivateKey.FromSeed(seed, library);
                Assert.Equal(seed, key.ExportPkcs8()[^32..]);
                return (((Ed25519PublicKey)key.Public).Raw, Signature: key.Sign(message));
            }).ToList();
            Assert.All(signed, one => Assert.Equal(signed[0].Raw, one.Raw));
            Assert.All(signed, one => Assert.Equal(signed[0].Signature, one.Signature));

            var changed = signed[0].Signature.ToArray();
            changed[random.Next(64)] ^= (byte)(1 << random.Next(8));
            Assert.All(Libraries().Select(library => new Ed25519PublicKey(signed[0].Raw, library)), key =>
            {
                Assert.True(key.Verify(message, signed[0].Signature));
                Assert.False(key.Verify(message, changed));
                Assert.False(key.Verify([.. message, 0], signed[0].Signature));
            });
        }
    }

    [Fact]
    public void A_key_that_was_disposed_of_signs_nothing_more() => Assert.All(Libraries(), library =>
    {
        var key = Ed25519PrivateKey.FromSeed(new byte[32], library);
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Sign("a badge"u8));
    });

    [SodiumFact]
    public void Keys_are_computed_with_by_libsodium_where_it_is() => Assert.Equal("libsodium", Ed25519Library.Fastest.Name);

    private static List<Ed25519Library> Libraries() => Sodium.IsThere ? [new OpenSslEd25519(), new SodiumEd25519()] : [new OpenSslEd25519()];

    private sealed class SodiumFactAttribute : FactAttribute
    {
        public SodiumFactAttribute() => Skip = Sodium.IsThere || Environment.GetEnvironmentVariable("CI") == "true" ? null : "libsodium is not installed here (tests/run installs it); OpenSSL alone was asked.";
    }
}
