using System.Text;
using System.Text.Json;
using SkillBadges.Credentials.Keys;

namespace SkillBadges.Credentials.Tests.Keys;

public sealed class KeyTests
{
    public static TheoryData<SignatureAlgorithm> Algorithms => new(Enum.GetValues<SignatureAlgorithm>());

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_key_comes_back_from_pkcs8_and_signs_for_its_public_part(SignatureAlgorithm algorithm)
    {
        using var key = PrivateKey.Generate(algorithm);
        using var copy = PrivateKey.ImportPkcs8(key.ExportPkcs8());
        var data = "weld test plate 7"u8;
        var signature = copy.Sign(data);
        Assert.True(key.Public.Verify(data, signature));
        Assert.Equal(key.Public, copy.Public);
        Assert.Equal(algorithm, copy.Algorithm);
        Assert.Equal(key.MaxSignatureLength, signature.Length);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void No_flipped_bit_in_a_signature_or_its_data_verifies(SignatureAlgorithm algorithm)
    {
        using var key = PrivateKey.Generate(algorithm);
        var data = "twelve bytes"u8.ToArray();
        var signature = key.Sign(data);
        for (var bit = 0; bit < signature.Length * 8; bit++)
        {
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(key.Public.Verify(data, signature));
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        for (var bit = 0; bit < data.Length * 8; bit++)
        {
            data[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(key.Public.Verify(data, signature));
            data[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.True(key.Public.Verify(data, signature));
        Assert.False(key.Public.Verify(data, []));
        Assert.False(key.Public.Verify(data, signature.AsSpan(..^1)));
        Assert.False(key.Public.Verify(data, [.. signature, 0]));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_public_key_comes_back_from_its_jwk(SignatureAlgorithm algorithm)
    {
        using var key = PrivateKey.Generate(algorithm);
        var jwk = Jwk(key.Public);
        Assert.Equal(key.Public, PublicKey.FromJwk(jwk));
        Assert.Equal("kid-1", jwk.GetProperty("kid").GetString());
        Assert.False(jwk.TryGetProperty("d", out _));
    }

    [Fact]
    public void A_multikey_names_the_same_key_for_every_kind_but_rsa()
    {
        foreach (var algorithm in Enum.GetValues<SignatureAlgorithm>())
        {
            for (var again = 0; again < 8; again++)
            {
                using var key = PrivateKey.Generate(algorithm);
                if (algorithm == SignatureAlgorithm.RS256)
                {
                    Assert.Null(key.Public.Multikey);
                    break;
                }

                var read = PublicKey.FromMultikey(key.Public.Multikey!);
                Assert.Equal(key.Public, read);
                Assert.True(read.Verify("x"u8, key.Sign("x"u8)));
            }
        }
    }

    [Theory]
    [InlineData("z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", SignatureAlgorithm.EdDSA)]
    [InlineData("zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169", SignatureAlgorithm.ES256)]
    [InlineData("z82Lm1MpAkeJcix9K8TMiLd5NMAhnwkjjCBeWHXyu3U4oT2MVJJKXkcVBgjGhnLBn2Kaau9", SignatureAlgorithm.ES384)]
    public void Multikeys_of_the_did_key_method_are_read_and_written(string multikey, SignatureAlgorithm algorithm)
    {
        var key = PublicKey.FromMultikey(multikey);
        Assert.Equal(algorithm, key.Algorithm);
        Assert.Equal(multikey, key.Multikey);
    }

    // RFC 8032 7.1, tests 1 to 3.
    [Theory]
    [InlineData(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void Ed25519_gives_the_signatures_of_rfc_8032(string seed, string publicKey, string message, string signature)
    {
        using var key = PrivateKey.ImportPkcs8([.. Convert.FromHexString("302e020100300506032b657004220420"), .. Convert.FromHexString(seed)]);
        Assert.Equal(signature, Convert.ToHexStringLower(key.Sign(Convert.FromHexString(message))));
        Assert.Equal(publicKey, Convert.ToHexStringLower(StrictBase64Url.Decode(Jwk(key.Public).GetProperty("x").GetString()!)!));
    }

    [Fact]
    public void Thumbprints_are_those_of_rfc_7638_and_rfc_8037()
    {
        Assert.Equal("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", Read("""
            {"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"}
            """).Thumbprint);
        Assert.Equal("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", Read("""
            {"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
            """).Thumbprint);
    }

    [Theory]
    [InlineData("[]", "key.malformed")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519"}""", "key.malformed")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"AAAA"}""", "key.malformed")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURp"}""", "key.malformed")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo="}""", "key.malformed")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""", "key.too-weak")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""", "key.too-weak")]
    [InlineData("""{"kty":"OKP","crv":"X25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", "key.unsupported")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}""", "key.private")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","use":"enc"}""", "key.wrong-purpose")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","alg":"ES256"}""", "key.wrong-purpose")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","key_ops":["sign"]}""", "key.wrong-purpose")]
    [InlineData("""{"kty":"oct","k":"AAAA"}""", "key.private")]
    [InlineData("""{"kty":"EC","crv":"P-521","x":"AA","y":"AA"}""", "key.unsupported")]
    [InlineData("""{"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"}""", "key.unsupported")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a1"}""", "key.malformed")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5aw"}""", "key.malformed")]
    [InlineData("""{"kty":"RSA","n":"sXchDaQebHnPiGvyDOAT4saGEUetSyo9MKLOoWFsueri23bOdgWp4Dy1WlUzewbgBHod5pcM9H95GQRV3JDXboIRROSBigeC5yjU1hGzHHyXss8UDprecbAYxknTcQkhslANGRUZmdTOQ5qTRsLAt6BTYuyvVRdhS8exSZEy_c4gs_7svlJJQ4H9_NxsiIoLwAEk7-Q3UXERGYw_75IDrGA84-lA_-Ct4eTlXHBIY2EaV7t7LjJaynVJCpkv4LKjTTAumiGUIuQhrNhZLuF_RJLqHpM2kgWFLU7-VTdL1VbC2tejvcI2BlMkEpk1BzBZI0KQB0GaDWFLN-aEAw3vRw","e":"AQ"}""", "key.malformed")]
    [InlineData("""{"kty":"RSA","n":"AMw","e":"AQAB"}""", "key.malformed")]
    [InlineData("""{"kty":"RSA","n":"zMzM","e":"AQAB"}""", "key.too-weak")]
    public void A_key_that_is_not_sound_is_refused(string jwk, string code)
    {
        Assert.Equal(code, Assert.Throws<MalformedException>(() => Read(jwk)).Code);
    }

    [Theory]
    [InlineData("", "key.malformed")]
    [InlineData("z", "key.malformed")]
    [InlineData("u7QE", "key.malformed")]
    [InlineData("z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2do", "key.unsupported")]
    [InlineData("z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2do0", "key.malformed")]
    [InlineData("zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme", "key.unsupported")]
    [InlineData("zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU216A", "key.malformed")]
    public void A_multikey_that_is_not_sound_is_refused(string multikey, string code)
    {
        Assert.Equal(code, Assert.Throws<MalformedException>(() => PublicKey.FromMultikey(multikey)).Code);
    }

    /// <summary>Key, message and signature with which a library of 2024 never came to an end (CVE-2024-30172; bcgit/bc-java issue 1599).</summary>
    [Fact]
    public async Task A_signature_that_once_made_a_verifier_loop_for_ever_is_answered_at_once()
    {
        var key = PublicKey.FromMultikey(Multibase.EncodeBase58([0xED, 0x01, .. Convert.FromHexString("386e7cf7b9e8353933b07f1db8d84d3720bb667cbd811b312b4e33867233" + "8a6d")]));
        byte[] message = [.. "AAAbLgCYloAAAQICHnjJq2jupTUG-Z6iMqhq14gAHTHoduvwiHDfOYJ20w_wBln5DJ9SaNacSIh53kbnqnr9e"u8, 0xEF, 0x34, 0xC5];
        var signature = Convert.FromBase64String("dNxDIj/CG5FX5oahRGYhpGQEZLjuSHfqfjljy12oshuQiSQd791/NkSOxMdhdK8TGZQyHafihIOzwqeQaUf6Dw==");

        // It is a sound signature; the fault lay in how its check was shortened.
        Assert.True(await Task.Run(() => key.Verify(message, signature)).WaitAsync(TimeSpan.FromMinutes(1)));
        message[0] ^= 1;
        Assert.False(await Task.Run(() => key.Verify(message, signature)).WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void Broken_pkcs8_is_refused()
    {
        using var key = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
        var good = key.ExportPkcs8();
        foreach (var bad in new byte[][] { [], [0x30], good[..^1], [.. good, 0], Encoding.ASCII.GetBytes("-----BEGIN PRIVATE KEY-----") })
        {
            Assert.Equal("key.malformed", Assert.Throws<MalformedException>(() => PrivateKey.ImportPkcs8(bad)).Code);
        }
    }

    [Fact]
    public void Many_threads_may_use_one_key()
    {
        foreach (var algorithm in new[] { SignatureAlgorithm.ES256, SignatureAlgorithm.EdDSA })
        {
            using var key = PrivateKey.Generate(algorithm);
            Parallel.For(0, 400, number =>
            {
                var data = BitConverter.GetBytes(number);
                Assert.True(key.Public.Verify(data, key.Sign(data)));
            });
        }
    }

    [Fact]
    public void A_key_goes_on_after_a_signature_that_it_refuses()
    {
        foreach (var algorithm in Enum.GetValues<SignatureAlgorithm>())
        {
            using var key = PrivateKey.Generate(algorithm);
            var signature = key.Sign("x"u8);
            for (var again = 0; again < 3; again++)
            {
                Assert.False(key.Public.Verify("y"u8, signature));
                Assert.True(key.Public.Verify("x"u8, signature));
                Assert.True(key.Public.Verify("y"u8, key.Sign("y"u8)));
            }
        }
    }

    private static PublicKey Read(string jwk)
    {
        using var document = JsonDocument.Parse(jwk);
        return PublicKey.FromJwk(document.RootElement);
    }

    private static JsonElement Jwk(PublicKey key)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            key.WriteJwk(writer, "kid-1");
        }

        return JsonDocument.Parse(stream.ToArray()).RootElement;
    }
}
