using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials;
using SkillBadges.Credentials.Keys;

namespace SkillBadges.Core.Checking;

/// <summary>The last entry of a chain, as a checkpoint saw it.</summary>
public sealed record ChainHead(string Chain, long Sequence, Sha256Digest Hash)
{
    [JsonIgnore]
    public byte[] Leaf => Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Chain}\n{Sequence}\n{Hash.Hex}"));
}

/// <summary>What a checkpoint says: the heads of the chains that changed, under one Merkle root.</summary>
/// <param name="Number">One more than that of the checkpoint before.</param>
/// <param name="Previous">SHA-256 of the statement before; null for the first.</param>
/// <param name="Heads">By chain.</param>
/// <param name="Key">The public key as a Multikey.</param>
public sealed record CheckpointStatement(int Format, string BaseUrl, long Number, DateTimeOffset At, Sha256Digest? Previous, Sha256Digest Root, ImmutableArray<ChainHead> Heads, string Key);

/// <summary>A statement that lies outside the data: exactly the bytes that were signed (Ed25519).</summary>
/// <param name="Statement">A <see cref="CheckpointStatement"/> as JSON text.</param>
/// <param name="Signature">base64url.</param>
public sealed record SignedCheckpoint(string Statement, string Signature)
{
    [JsonIgnore]
    public Sha256Digest Digest => Sha256Digest.Of(Encoding.UTF8.GetBytes(Statement));

    /// <summary>What it says, if it was signed with this key, or with the one that it names when that is null; null for anything else.</summary>
    public CheckpointStatement? Read(string? multikey)
    {
        try
        {
            return JsonSerializer.Deserialize<CheckpointStatement>(Statement, DocumentJson.Options) is { } statement
                && (multikey is null || statement.Key == multikey)
                && Base64Url.IsValid(Signature)
                && PublicKey.FromMultikey(statement.Key).Verify(Encoding.UTF8.GetBytes(Statement), Base64Url.DecodeFromChars(Signature))
                && MerkleRoot.Of([.. statement.Heads.Select(head => head.Leaf)]) == statement.Root
                ? statement
                : null;
        }
        catch (Exception fault) when (fault is JsonException or MalformedException or FormatException)
        {
            return null;
        }
    }
}

/// <summary>A checkpoint that was just made, and its number.</summary>
public sealed record NumberedCheckpoint(long Number, SignedCheckpoint Checkpoint);

/// <summary>The last checkpoint as the store knows it: written before the one outside, so that an honest store is never behind.</summary>
public sealed record Checkpoint(long Number, DateTimeOffset At, Sha256Digest Digest)
{
    public const string Id = "latest";
}

/// <summary>What signs checkpoints and nothing else: the public Multikey, and PKCS#8 sealed under the key-encryption key.</summary>
public sealed record CheckpointKey(string Multikey, string Sealed)
{
    public const string Id = "checkpoint";
}

public static class CheckpointDocuments
{
    public static readonly DocumentKind<Checkpoint> Kind = new("checkpoint", _ => Checkpoint.Id);

    public static readonly DocumentKind<CheckpointKey> Keys = new("checkpoint_key", _ => CheckpointKey.Id);
}
