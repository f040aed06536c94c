using SkillBadges.Credentials.Proofs;

namespace SkillBadges.Credentials.Tests.Proofs;

public class SecuredDocumentMemoryTests
{
    private static readonly byte[] first = """{"@context":["https://www.w3.org/ns/credentials/v2"],"name":"first"}"""u8.ToArray();
    private static readonly byte[] second = """{"@context":["https://www.w3.org/ns/credentials/v2"],"name":"second"}"""u8.ToArray();

    [Fact]
    public void A_document_that_was_given_back_twice_lends_its_memory_to_one_other_alone()
    {
        var document = SecuredDocument.Read(first);
        document.Dispose();
        document.Dispose();

        using var one = SecuredDocument.Read(first);
        using var other = SecuredDocument.Read(second);

        Assert.NotSame(one.Tape, other.Tape);
        Assert.Equal("first", one.Tape.String(one.Tape.Find(0, "name"u8)));
    }

    [Fact]
    public void A_document_that_was_given_back_is_not_read_any_more()
    {
        var document = SecuredDocument.Read(first);
        document.Dispose();
        using var next = SecuredDocument.Read(second);

        Assert.Throws<ObjectDisposedException>(() => document.Tape);
        Assert.Throws<ObjectDisposedException>(() => document.Unsecured);
    }

    [Fact]
    public void A_token_that_was_given_back_is_not_read_any_more()
    {
        var token = VcJwt.Parse("eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImRpZDp3ZWI6YSNrIn0.e30.AA"u8.ToArray());
        token.Dispose();
        token.Dispose();

        Assert.Throws<ObjectDisposedException>(() => token.Tape);
    }
}
